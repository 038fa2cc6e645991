/** A client that sends requests on schedule, without retries, from its own process: what a service's users see. */
export {
  type LoadClient as Client,
  type LoadClientOptions as ClientOptions,
  startLoadClient as startClient,
} from './load-client.ts'
export type { FailedRequest as Failed, LoadReport as Report, VersionSpan as Seen } from './tally.ts'
