/** What a request is answered with. */
export type GitHubAnswer = { status: number; body?: unknown; location?: string; bytes?: Buffer; nextPage?: boolean }

export interface GitHubRequest {
  readonly method: string
  /** Below the API's own path, decoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
}

export const notFound: GitHubAnswer = { status: 404, body: { message: 'Not Found', status: '404' } }

/** What a POST is refused with. */
export function invalid(message: string): GitHubAnswer {
  return { status: 422, body: { message: 'Validation Failed', errors: [{ message }] } }
}

/** In characters; 0 of what is no text. */
export function lengthOf(text: unknown): number {
  return typeof text === 'string' ? [...text].length : 0
}

/** Pages of `per_page` (default 30, most 100), counted from 1. */
export function paged<T>(all: readonly T[], { query }: GitHubRequest, plain = 30): T[] {
  const size = Math.min(Number(query.get('per_page') ?? plain), query.has('per_page') ? 100 : plain)
  const page = Number(query.get('page') ?? 1)
  return all.slice((page - 1) * size, page * size)
}
