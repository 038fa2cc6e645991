import type { FailureForm } from './objects.ts'

/**
 * What happens to one request. If `accepted` is true it takes effect although its sender gets no answer: that makes a
 * retry dangerous.
 */
export type RequestBehaviour =
  | { readonly does: 'answer' }
  /** HTTP 429; without `retryAfter` (seconds) the header is missing. */
  | { readonly does: 'limit'; readonly retryAfter?: number }
  | { readonly does: 'fail'; readonly status: number; readonly accepted: boolean }
  /** The connection is cut after the whole request was read. */
  | { readonly does: 'reset'; readonly accepted: boolean }
  /** The request is read and never answered. */
  | { readonly does: 'hang'; readonly accepted: boolean }

/** The behaviour of one deploy. By default every phase succeeds, with the durations of its Render. */
export interface DeployBehaviour {
  /** Milliseconds from its acceptance to its first appearance in any list or answer (after a 202 or a lost reply). */
  readonly appears?: number
  readonly build?: number
  readonly preDeploy?: number
  readonly update?: number
  readonly endsAs?: 'live' | 'build_failed' | 'pre_deploy_failed' | 'update_failed' | 'canceled' | 'never'
  /** What the events say of its end. */
  readonly failure?: FailureForm
  /** What the registry said, where the image could not be pulled. */
  readonly pullFailed?: string
  /** A status that no client knows, shown between building and updating for as long as `update`. */
  readonly unknown?: string
  /**
   * What its service answers once it is live: `unhealthy` is a 500 to everything, although Render calls it live; `old`: its
   * instance fails at once, an event says so, and the instance before it goes on answering.
   */
  readonly serves?: 'well' | 'unhealthy' | 'old'
  /** Lines that it logs, beside those that every deploy does. */
  readonly logs?: readonly string[]
}
