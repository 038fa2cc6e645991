/** The items after `cursor`, `limit` (default 20, at most 100) of them, each in its wrapper. Pure. */
export function page<T extends { readonly id: string }>(
  items: readonly T[],
  query: URLSearchParams,
  name: string,
): Record<string, unknown>[] {
  const limit = limitOf(query)
  const cursor = query.get('cursor')
  const start = cursor === null ? 0 : items.findIndex(({ id }) => cursorOf(id) === cursor) + 1
  return items.slice(start, start + limit).map((item) => ({ cursor: cursorOf(item.id), [name]: item }))
}

export function limitOf(query: URLSearchParams): number {
  const asked = Number(query.get('limit') ?? 20)
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100) : 20
}

export function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url')
}

/** An array parameter in either encoding: repeated, or joined by commas. */
export function listOf(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(',').filter((one) => one !== ''))
}

/** Whether a time lies between the query's `…After` and `…Before`. */
export function isWithin(time: string | null, query: URLSearchParams, name: string): boolean {
  const after = query.get(`${name}After`)
  const before = query.get(`${name}Before`)
  if (after === null && before === null) return true
  if (time === null) return false
  return (
    (after === null || Date.parse(time) >= Date.parse(after)) &&
    (before === null || Date.parse(time) <= Date.parse(before))
  )
}
