import type { BuildRequest } from '../build-request.ts'
import type { BuildCheck } from '../checks.ts'
import type { DockerResult } from '../child.ts'

/** One way to have an image built. */
export interface Driver {
  readonly name: 'buildx' | 'docker'
  /** What the order asks for and this engine does without, a sentence each. */
  limits(request: BuildRequest): string[]
  /**
   * Builds once, and pushes where the order says so.
   * @throws Failure `engine-cannot` for an order that it cannot carry out
   */
  build(request: BuildRequest): Promise<DockerResult & { readonly built?: Built }>
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
  readonly checks: readonly BuildCheck[]
}

/** Runs `docker` with these arguments and variables; the job log shows what it says unless told otherwise. */
export type Docker = (
  args: readonly string[],
  options?: { env?: Record<string, string>; shown?: boolean },
) => Promise<DockerResult>
