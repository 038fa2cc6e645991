import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { type Cluster, type ClusterHandle, openCluster } from './cluster.ts'
import { startCluster } from './start.ts'
import { canStartCluster } from './support.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: ClusterHandle
  }
}

/** Vitest's global setup: one cluster for all tests of a run. Where none can be had, their suites are skipped. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (canStartCluster() !== undefined) return undefined
  const began = Date.now()
  const cluster = await startCluster()
  console.log(`The cluster of these tests was ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`)
  project.provide('cluster', cluster.handle)
  return () => cluster.stop()
}

/** The cluster of this run, for a `*.ktest.ts`: in `beforeAll` or in a test. Each test has a namespace of its own in it. */
export function sharedCluster(): Cluster {
  return openCluster(inject('cluster'))
}
