import type { Check } from '../checks.ts'
import type { Ended } from '../child.ts'
import type { Order } from '../order.ts'

/** One way to have an image built. */
export interface Driver {
  readonly name: 'buildx' | 'docker'
  /** What the order asks for and this engine does without, a sentence each. */
  limits(order: Order): string[]
  /**
   * Builds once, and pushes where the order says so.
   * @throws Failure `engine-cannot` for an order that it cannot carry out
   */
  build(order: Order): Promise<Ended & { readonly built?: Built }>
}

/** What the engine says that it built. */
export interface Built {
  /** Of what it pushed: an index or a manifest. Undefined where it does not say, or pushed nothing. */
  readonly digest: string | undefined
  /**
   * Of the image's configuration, or, where a daemon with containerd's store names it so, of its manifest or index.
   * Undefined for several platforms.
   */
  readonly configDigest: string | undefined
  readonly checks: readonly Check[]
}

/** Runs `docker` with these arguments and variables; the job log shows what it says unless told otherwise. */
export type Docker = (
  args: readonly string[],
  options?: { env?: Record<string, string>; shown?: boolean },
) => Promise<Ended>
