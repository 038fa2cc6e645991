export { agentOptions, proxyFor } from './proxy.ts'
export * from './request.ts'
export { type RetryableError, type RetryRules, retry, type Tried } from './retry.ts'
export { shownUrl } from './shown-url.ts'
