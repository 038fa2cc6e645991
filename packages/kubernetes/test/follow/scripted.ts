import { ApiError, type ApiReader, type KubeObject, type Query, type WatchEvent } from '../../src/api.ts'

/** What a request is answered with: objects and a version for a list, events for a watch; or an error. */
export type Answer =
  | { readonly list: readonly KubeObject[]; readonly version: string; readonly next?: string }
  | { readonly events: readonly WatchEvent[]; readonly cut?: ApiError }
  | { readonly error: ApiError }

/** A reader that answers in the order of a script, and then leaves the watch open. It keeps what it was asked. */
export function scripted(...answers: Answer[]): ApiReader & { readonly asked: (Query & { path: string })[] } {
  const asked: (Query & { path: string })[] = []
  const next = (path: string, query: Query): Answer | undefined => {
    asked.push({ path, ...query })
    return answers.shift()
  }
  return {
    asked,
    async get<T>(path: string, query: Query = {}): Promise<T> {
      const answer = next(path, query)
      if (answer && 'list' in answer) {
        const metadata = { resourceVersion: answer.version, continue: answer.next }
        return { metadata, items: answer.list } as T
      }
      throw answer && 'error' in answer ? answer.error : new Error(`the script has no list for ${path}`)
    },
    async text() {
      throw new Error('the script has no text')
    },
    async *watch(path, query, signal) {
      const answer = next(path, query)
      if (answer && 'error' in answer) throw answer.error
      if (answer && 'list' in answer) throw new Error(`the script has a list, not a watch, for ${path}`)
      yield* answer?.events ?? []
      if (answer?.cut) throw answer.cut
      if (!answer) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    },
  }
}

export const away = new ApiError(0, '', 'the API server does not answer')

export function object(name: string, resourceVersion: string): KubeObject {
  return { metadata: { name, resourceVersion } }
}

export const added = (name: string, version: string): WatchEvent => ({ type: 'ADDED', object: object(name, version) })
