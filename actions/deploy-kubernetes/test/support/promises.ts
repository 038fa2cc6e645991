import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One row of the table in docs/decisions/cluster-promises.md. */
export interface Promised {
  readonly main: string
  readonly decision: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly users: string
  readonly objects: string
}

const page = join(import.meta.dirname, '../../../../docs/decisions/cluster-promises.md')

/** A table of promises. @throws Error if the page does not have it */
export function readPromises(
  name:
    | 'kubernetes'
    | 'kubernetes-rollback'
    | 'kubernetes-slots'
    | 'kubernetes-canary'
    | 'kubernetes-chart' = 'kubernetes',
): Promised[] {
  return readRows(name, 'main,decision,runner,result,job,users get,objects stand').map(
    ([main = '', decision = '', runner = '', result = '', job = '', users = '', objects = '']) => ({
      main,
      decision,
      runner,
      result,
      job,
      users,
      objects,
    }),
  )
}

/** The cells of a table of that page. @throws Error if the page does not have it with these columns */
export function readRows(name: string, columns: string): string[][] {
  const [, begun = ''] = readFileSync(page, 'utf8').split(`<!-- ${name} -->\n`)
  const [table = ''] = begun.split(`<!-- /${name} -->`)
  const [head = [], , ...rows] = table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  if (head.join() !== columns) throw new Error(`${page} has no table ${name} with the columns ${columns}`)
  return rows
}

export const titleOf = ({ main, decision, runner }: Pick<Promised, 'main' | 'decision' | 'runner'>) =>
  `${main} / ${decision} / ${runner}`
