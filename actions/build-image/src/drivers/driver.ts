import type { BuildRequest } from '../build-request.ts'
import type { BuildCheck } from '../checks.ts'
import type { DockerResult } from '../child.ts'

/** One way to build an image. */
export interface Driver {
  readonly name: 'buildx' | 'docker'
  /** What the request asks for and this engine ignores, one sentence each. */
  limits(request: BuildRequest): string[]
  /**
   * Builds once, and pushes if the request says so.
   * @throws Failure `engine-cannot` for a request that it does not support
   */
  build(request: BuildRequest): Promise<DockerResult & { readonly built?: Built }>
}

/** What the engine reports that it built. */
export interface Built {
  /** Of what it pushed: an index or a manifest. Undefined if it reports none, or pushed nothing. */
  readonly digest: string | undefined
  /**
   * Of the image's configuration; from a daemon with containerd's store, of its manifest or index.
   * Undefined for several platforms.
   */
  readonly configDigest: string | undefined
  readonly checks: readonly BuildCheck[]
}

/** Runs `docker` with these arguments and variables; the job log shows its output unless `shown` is false. */
export type Docker = (
  args: readonly string[],
  options?: { env?: Record<string, string>; shown?: boolean },
) => Promise<DockerResult>
