import { isDeepStrictEqual } from 'node:util'
import type { Value } from './expressions.ts'

/** The values of one combination of a matrix: what its `matrix` context holds. */
export type Combination = Record<string, Value>

/**
 * The combinations of a matrix, in GitHub's order: the product of its vectors (the last one varies fastest), without what
 * `exclude` names, extended by what of `include` fits them, then what of `include` fitted none (MatrixBuilder.cs).
 * Throws where it is no matrix.
 */
export function combinationsOf(matrix: Value): Combination[] {
  if (!isMap(matrix)) throw new Error(`the matrix must be a map, not ${JSON.stringify(matrix)}`)
  const { include, exclude, ...vectors } = matrix
  const excluded = combinationList('exclude', exclude)
  const product = productOf(vectors).filter(
    (combination) => !excluded.some((some) => agrees(combination, some, Object.keys(some))),
  )
  const names = Object.keys(vectors)
  const extended = product.map((combination) => ({ ...combination }))
  const additional: Combination[] = []
  for (const more of combinationList('include', include)) {
    const shared = names.filter((name) => name in more)
    const fitting = extended.filter((_, index) => agrees(product[index] as Combination, more, shared))
    if (fitting.length === 0) additional.push(more)
    for (const combination of fitting) Object.assign(combination, more)
  }
  return [...extended, ...additional]
}

/**
 * The names of a matrix job's jobs: its id and the first value of each, if that is unique; else all values, as GitHub
 * does, those of maps and lists too.
 */
export function matrixJobNames(id: string, combinations: readonly Combination[]): string[] {
  const all = combinations.map(leavesOf)
  const first = all.map(([value]) => value)
  const short = new Set(first).size === combinations.length
  return all.map((values, index) => `${id} (${short ? first[index] : values.join(', ')})`)
}

function leavesOf(value: Value): string[] {
  if (value === null) return ['']
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [String(value)]
}

function productOf(vectors: Record<string, Value>): Combination[] {
  const entries = Object.entries(vectors)
  if (entries.length === 0) return []
  return entries.reduce<Combination[]>(
    (combinations, [name, values]) => {
      if (!Array.isArray(values)) throw new Error(`matrix.${name} must be a list, not ${JSON.stringify(values)}`)
      return combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })))
    },
    [{}],
  )
}

function combinationList(name: string, value: Value | undefined): Combination[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every(isMap)) return value
  throw new Error(`matrix.${name} must be a list of maps`)
}

function agrees(combination: Combination, other: Combination, names: string[]): boolean {
  return names.every((name) => isDeepStrictEqual(combination[name], other[name]))
}

function isMap(value: Value): value is Combination {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
