/** The expected HTTP statuses: ranges, both ends included. */
export type StatusSet = readonly { readonly from: number; readonly to: number }[]

/**
 * Reads a list such as `200-299, 304`, separated by commas or spaces.
 * @returns the set, and the invalid parts: a status is 100 to 599, and a range does not run backwards.
 */
export function parseStatusSet(text: string): { set: StatusSet; invalid: string[] } {
  const set: { from: number; to: number }[] = []
  const invalid: string[] = []
  for (const part of text.replace(/\s*-\s*/g, '-').split(/[\s,]+/)) {
    if (part === '') continue
    const [, first = '', last = first] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part) ?? []
    if (first === '' || last < first) invalid.push(part)
    else set.push({ from: Number(first), to: Number(last) })
  }
  return { set, invalid }
}

export function hasStatus(set: StatusSet, status: number): boolean {
  return set.some(({ from, to }) => from <= status && status <= to)
}
