import type { ApiReader, KubeList, KubeObject, Query } from './api.ts'

/** Objects of one page of a list. */
const pageSize = 500

/** All objects of a list, page by page, and its version. */
export async function listAll<T = KubeObject>(
  api: Pick<ApiReader, 'get'>,
  path: string,
  query: Query = {},
  signal?: AbortSignal,
): Promise<{ items: T[]; version: string }> {
  const items: T[] = []
  let token: string | undefined
  let version = ''
  do {
    const page: KubeList<T> = await api.get(path, { ...query, limit: pageSize, continue: token }, signal)
    items.push(...page.items)
    version = page.metadata.resourceVersion ?? ''
    token = page.metadata.continue || undefined
  } while (token !== undefined)
  return { items, version }
}
