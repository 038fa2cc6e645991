/** What a request is answered with. */
export interface GitHubAnswer {
  readonly status: number
  readonly body?: unknown
  readonly location?: string
  readonly bytes?: Buffer
  /** Of a list in pages: the number of its last page. */
  readonly lastPage?: number
}

export interface GitHubRequest {
  readonly method: string
  /** Below the API's own path, decoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
}

/** An error, as GitHub's API words each one. */
export function refused(status: number, message: string, more: object = {}): GitHubAnswer {
  return {
    status,
    body: { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  }
}

export const notFound: GitHubAnswer = refused(404, 'Not Found')

/** What a POST is refused with, for one of its fields. */
export function invalid(resource: string, field: string, message: string): GitHubAnswer {
  return refused(422, 'Validation Failed', { errors: [{ resource, code: 'custom', field, message }] })
}

/** In characters; 0 of what is no text. */
export function lengthOf(text: unknown): number {
  return typeof text === 'string' ? [...text].length : 0
}

/** The page of a list that a request asks for: `per_page` items (default 30, most 100), counted from 1. */
export function pageOf<T>(all: readonly T[], { query }: GitHubRequest, plain = 30): { items: T[]; lastPage: number } {
  const size = Math.min(Number(query.get('per_page') ?? plain), query.has('per_page') ? 100 : plain)
  const page = Number(query.get('page') ?? 1)
  return { items: all.slice((page - 1) * size, page * size), lastPage: Math.ceil(all.length / size) }
}

/** The `Link` header of a page; none where it is the only one. */
export function linkHeader(url: URL, lastPage: number): string | undefined {
  const page = Number(url.searchParams.get('page') ?? 1)
  const to = (rel: string, number: number) => {
    const target = new URL(url)
    target.searchParams.set('page', String(number))
    return `<${target}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [to('prev', page - 1)] : []),
    ...(page < lastPage ? [to('next', page + 1), to('last', lastPage)] : []),
    ...(page > 1 ? [to('first', 1)] : []),
  ]
  return links.length > 0 ? links.join(', ') : undefined
}
