import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '@belay/test-cluster'
import { onTestFinished } from 'vitest'
import type { ApiReader } from '../../src/api.ts'
import { openClient } from '../../src/client.ts'
import { followWorkloads, type WorkloadRef } from '../../src/follow/index.ts'
import { startProxy } from '../../src/proxy.ts'

/** The requests that a reader made. */
export interface Requests {
  readonly lists: string[]
  readonly watches: string[]
}

/** A cluster, as an action reaches it: by `kubectl proxy`, which can be cut off and started again. */
export interface Reached {
  readonly api: ApiReader
  readonly requests: Requests
  cut(): void
  restore(): Promise<void>
}

export async function reach(cluster: Cluster): Promise<Reached> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-follow-'))
  process.env.RUNNER_TEMP = folder
  mkdirSync(join(folder, 'belay'))
  const kubectl = { program: `${cluster.programs}/kubectl`, version: '1.36.3' }
  const start = () => startProxy(kubectl, folder, cluster.kubeconfig, new AbortController().signal)
  let proxy = await start()
  onTestFinished(() => {
    proxy.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const requests: Requests = { lists: [], watches: [] }
  return {
    api: counted(openClient({ socket: proxy.socket, patienceMs: 1000 }), requests),
    requests,
    cut: () => proxy.stop(),
    async restore() {
      proxy = await start()
    },
  }
}

function counted(api: ApiReader, { lists, watches }: Requests): ApiReader {
  const kindOf = (path: string) => path.split('/').at(-1) ?? ''
  return {
    get(path, query, signal) {
      lists.push(kindOf(path))
      return api.get(path, query, signal)
    },
    text: (path, query, limit, signal) => api.text(path, query, limit, signal),
    watch(path, query, signal) {
      watches.push(kindOf(path))
      return api.watch(path, query, signal)
    },
  }
}

/** Follows with what a test leaves out. */
export async function follow(
  api: ApiReader,
  namespace: string,
  workloads: readonly WorkloadRef[],
  given: {
    progressTimeout?: number
    deadline?: number
    signal?: AbortSignal
    onProgress?: (line: string) => void
  } = {},
) {
  return followWorkloads(api, {
    namespace,
    workloads,
    progressTimeout: given.progressTimeout ?? 120,
    deadline: given.deadline ?? 180,
    signal: given.signal ?? new AbortController().signal,
    onProgress: given.onProgress ?? (() => {}),
  })
}
