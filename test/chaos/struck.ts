/** What was struck: what happened, and how what a person or the disk holds is put right for the next release. */
export interface Strike {
  /** What proves that it happened at its boundary. */
  readonly proof: string
  /** Throws where what a person edited was overwritten. */
  expectKept?(): Promise<void>
  repair?(): Promise<void>
}

/** A proxy of a host, as its users and a person who edits it see it. */
export interface ProxyOnHost {
  /** The version that users get; a text that begins with `status` or `error` where they get none. */
  version(): Promise<string>
  /** Slots that get traffic by what the proxy itself says, and take no connection. */
  downWithTraffic(): Promise<readonly (number | string)[]>
  /** From here to `boot` the host is off, and users cannot be served. */
  down(): void
  boot(): Promise<void>
  /** A person changes what it does. */
  edit(): Promise<Strike>
  readonly isDown: boolean
}
