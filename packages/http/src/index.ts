export { agentOptions, proxyFor } from './proxy.ts'
export * from './request.ts'
export { retryAfterMs } from './retry-after.ts'
export { shownUrl } from './shown-url.ts'
