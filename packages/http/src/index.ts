export { agentOptions, proxyFor } from './proxy.ts'
export * from './request.ts'
export { type RetryRules, retry, type Tried, type Trouble } from './retry.ts'
export { shownUrl } from './shown-url.ts'
