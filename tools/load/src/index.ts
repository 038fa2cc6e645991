/** A client that sends requests on schedule, without retries, from its own process: what a service's users see. */
export {
  type LoadClient,
  type LoadClientOptions,
  startLoadClient,
} from './load-client.ts'
export type { AnsweredSecond, FailedRequest, LoadReport, VersionSpan } from './tally.ts'
