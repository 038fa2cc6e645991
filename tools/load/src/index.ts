/** A client that asks on schedule, without retries, from a process of its own: what a service's users live through. */
export {
  type LoadClient as Client,
  type LoadClientOptions as ClientOptions,
  startLoadClient as startClient,
} from './load-client.ts'
export type { FailedRequest as Failed, LoadReport as Report, VersionSpan as Seen } from './tally.ts'
