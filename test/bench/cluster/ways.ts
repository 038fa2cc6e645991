import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openJob } from '@belay/action-harness'
import type { Cluster } from '@belay/test-cluster'
import { builtPrograms } from '../../../scripts/machine/cache.ts'
import { timeCommand } from '../command.ts'
import { objectsOf } from './objects.ts'

/** With the programs that were built from source for this machine, Helm perhaps among them. */
export const withBuilt = `${builtPrograms}:${process.env.PATH}`

/** In milliseconds, for one release. */
const timeoutMs = 400_000

/** A way to release a service to a namespace of its own. */
export interface Way {
  readonly namespace: string
  /** Releases a version, and returns its milliseconds once all pods are new and ready. */
  release(version: number): Promise<number>
}

interface Place {
  readonly cluster: Cluster
  /** For files. */
  readonly folder: string
  readonly pods: number
}

export const ways = { belay: openBelay, kubectl: openKubectl, helm: openHelm }
export type WayName = keyof typeof ways

async function openNamespace(name: string, { cluster, folder }: Place) {
  const namespace = await cluster.namespace(name)
  const token = await cluster.tokenFor(namespace, [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }])
  const { stdout } = await cluster.kubectl(['config', 'view', '--raw', '--flatten', '--output=json'])
  const config = JSON.parse(stdout)
  config.users[0].user = { token }
  config.contexts[0].context.namespace = namespace
  const files = join(folder, namespace)
  mkdirSync(files)
  const kubeconfig = join(folder, `${namespace}.kubeconfig`)
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 })
  const env = { KUBECONFIG: kubeconfig, PATH: `${cluster.programs}:${withBuilt}`, HOME: folder }
  return { namespace, files, kubeconfig, env }
}

function writeObjects(files: string, pods: number, version: number): void {
  for (const object of objectsOf(pods, version))
    writeFileSync(join(files, `${object.kind}.json`), JSON.stringify(object))
}

async function openBelay(place: Place): Promise<Way> {
  const { namespace, files, kubeconfig, env } = await openNamespace('belay', place)
  return {
    namespace,
    async release(version) {
      writeObjects(files, place.pods, version)
      const job = openJob({
        env: { ...env, GITHUB_SHA: String(version).padStart(40, '0'), GITHUB_RUN_ID: `${version}` },
      })
      try {
        const inputs = {
          ...{ manifests: files, namespace, kubeconfig, service: 'api', environment: 'bench' },
          ...{ deadline: '6m', 'progress-timeout': '2m' },
        }
        const step = job.step('deploy-kubernetes')
        const main = await step.main(inputs, { timeoutMs })
        const post = await step.post({ ...inputs, 'job-status': 'success' }, { timeoutMs })
        if (post.environment.BELAY_RESULT !== 'committed') throw new Error(`${main.log}\n--- post\n${post.log}`)
        return main.ms + post.ms
      } finally {
        job.close()
      }
    },
  }
}

async function openKubectl(place: Place): Promise<Way> {
  const { namespace, files, env } = await openNamespace('kubectl', place)
  const kubectl = (...words: string[]) => timeCommand('kubectl', words, { env, timeoutMs })
  return {
    namespace,
    async release(version) {
      writeObjects(files, place.pods, version)
      const applied = await kubectl('apply', '--filename', files)
      return applied + (await kubectl('rollout', 'status', 'deployment/api'))
    },
  }
}

async function openHelm(place: Place): Promise<Way> {
  const { namespace, files, env } = await openNamespace('helm', place)
  const templates = join(files, 'templates')
  mkdirSync(templates)
  writeFileSync(join(files, 'Chart.yaml'), 'apiVersion: v2\nname: api\nversion: 0.0.1\n')
  return {
    namespace,
    release(version) {
      writeObjects(templates, place.pods, version)
      const words = ['upgrade', 'api', files, '--install', '--wait', '--timeout', '6m']
      return timeCommand('helm', words, { env, timeoutMs })
    },
  }
}
