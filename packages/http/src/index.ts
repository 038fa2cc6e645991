export * from './request.ts'
export { shownUrl } from './shown-url.ts'
