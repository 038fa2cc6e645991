export { agentOptions, proxyFor } from './proxy.ts'
export * from './request.ts'
export { shownUrl } from './shown-url.ts'
