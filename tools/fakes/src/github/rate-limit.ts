import type { ServerResponse } from 'node:http'

/** What a job's token may ask in an hour (docs/research/github.md#limits). */
const perHour = 1000

/**
 * The headers by which GitHub's answers count the requests of a token. They are counted, and never used up: a test that
 * needs the end of the limit scripts it.
 */
export function makeRateLimit() {
  const endsAt = Math.ceil(Date.now() / 1000) + 3600
  let used = 0
  return {
    count: (response: ServerResponse) => {
      used = Math.min(used + 1, perHour - 1)
      setHeaders(response, used, endsAt)
    },
    /** The limit is reached, and ends in so many seconds. */
    exhaust: (response: ServerResponse, resetIn: number) =>
      setHeaders(response, perHour, Math.ceil(Date.now() / 1000 + resetIn)),
  }
}

export type RateLimit = ReturnType<typeof makeRateLimit>

function setHeaders(response: ServerResponse, used: number, endsAt: number): void {
  response.setHeader('x-ratelimit-limit', String(perHour))
  response.setHeader('x-ratelimit-remaining', String(perHour - used))
  response.setHeader('x-ratelimit-used', String(used))
  response.setHeader('x-ratelimit-reset', String(endsAt))
  response.setHeader('x-ratelimit-resource', 'core')
}
