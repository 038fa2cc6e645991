/** A client that asks on schedule, without retries, from a process of its own: what a service's users live through. */
export { type Client, type ClientOptions, startClient } from './client.ts'
export type { Failed, Report, Seen } from './tally.ts'
