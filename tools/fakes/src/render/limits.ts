import type { Clock } from './clock.ts'

/** How many requests Render takes in a window (docs/research/render-api.md#limits). */
export interface Bucket {
  readonly name: string
  readonly limit: number
  readonly seconds: number
}

export interface LimitResult {
  readonly allowed: boolean
  readonly headers: Record<string, string>
}

export interface Limits {
  take(bucket: Bucket): LimitResult
}

/** Counts requests by fixed windows. `Ratelimit-Reset` is in seconds until the window ends, not a date. */
export function makeLimits(clock: Clock): Limits {
  const windows = new Map<string, { ends: number; used: number }>()
  return {
    take({ name, limit, seconds }) {
      const now = clock.now()
      let window = windows.get(name)
      if (!window || now >= window.ends) {
        window = { ends: now + seconds * 1000, used: 0 }
        windows.set(name, window)
      }
      const allowed = window.used < limit
      if (allowed) window.used += 1
      const reset = Math.ceil((window.ends - now) / 1000)
      return {
        allowed,
        headers: {
          'Ratelimit-Limit': String(limit),
          'Ratelimit-Remaining': String(limit - window.used),
          'Ratelimit-Reset': String(reset),
          ...(allowed ? {} : { 'Retry-After': String(reset) }),
        },
      }
    },
  }
}

/** The bucket that a request counts in. */
export function bucketOf(method: string, path: string): Bucket {
  const [, service = '', rest = ''] = /^\/v1\/services\/([^/]+)(.*)$/.exec(path) ?? []
  if (method === 'GET' && path.startsWith('/v1/logs')) return { name: 'logs', limit: 30, seconds: 60 }
  if (method === 'GET' && path.startsWith('/v1/')) return { name: 'get', limit: 400, seconds: 60 }
  const hook = /^\/deploy\/([^/]+)$/.exec(path)?.[1]
  if (hook !== undefined) return { name: `deploy ${hook}`, limit: 10, seconds: 60 }
  const deploys = method === 'PATCH' ? rest === '' : ['/deploys', '/suspend', '/resume'].includes(rest)
  if (service !== '' && deploys) return { name: `deploy ${service}`, limit: 10, seconds: 60 }
  return { name: 'other', limit: 30, seconds: 60 }
}
