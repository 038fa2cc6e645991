import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect as openSocket, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Inputs, type Job, openJob, type Stage } from '@belay/action-harness'
import { type FakeGitHub, startFakeGitHub } from '@belay/fakes/github'
import type { Cluster } from '@belay/test-cluster'
import { type SetChange, setOf } from './objects.ts'

/** The image of each version. */
export type Images = Readonly<Record<'v1' | 'v2' | 'v3', string>>

export async function pushImages(cluster: Cluster, name = 'shop/api'): Promise<Images> {
  const [v1 = '', v2 = '', v3 = ''] = await Promise.all(
    ['v1', 'v2', 'v3'].map((version) => cluster.pushImage(name, { VERSION: version })),
  )
  return { v1, v2, v3 }
}

const shas = { v1: '1'.repeat(40), v2: '2'.repeat(40), v3: '3'.repeat(40) }
export type Version = keyof Images

/** Kinds whose objects are compared, by the path of their collections in a namespace. */
const compared = [
  'apis/apps/v1 deployments',
  'apis/apps/v1 statefulsets',
  'apis/apps/v1 daemonsets',
  'apis/policy/v1 poddisruptionbudgets',
  'apis/batch/v1 cronjobs',
  'apis/batch/v1 jobs',
  'api/v1 services',
  'api/v1 configmaps',
  'api/v1 secrets',
]

/** A namespace in a cluster, and jobs that release to it. */
export interface Fixture {
  readonly cluster: Cluster
  readonly namespace: string
  readonly images: Images
  readonly github: FakeGitHub
  /** For files of a test. */
  readonly folder: string
  /** The inputs of a release of this set. */
  inputs(set: readonly object[], more?: Inputs): Inputs
  /** A job for a version. */
  job(version: Version, more?: { env?: Readonly<Record<string, string>> }): Job
  /** A whole job: main, and post with the status that follows from it, or that is given. */
  release(version: Version, change?: SetChange, more?: ReleaseOptions): Promise<Released>
  /** All objects, as far as they are the users': specs, labels, and who sets which field. */
  state(): Promise<Record<string, unknown>>
  /** Asks the Service: the version that answers. */
  served(): Promise<string>
  /** Cuts the way from the runner to the API server, or restores it. */
  cut(isCut: boolean): void
  kubectl(...argv: string[]): Promise<string>
}

export interface ReleaseOptions {
  /** Default deploy-kubernetes. */
  readonly action?: string
  readonly inputs?: Inputs
  /** Of the job, when main has succeeded. */
  readonly status?: 'success' | 'failure' | 'cancelled'
  /** Called once main runs. */
  readonly during?: (job: Job, pid: number) => Promise<void>
  /** Between main and post. */
  readonly between?: (main: Stage) => Promise<void>
  /** The runner is lost after main. */
  readonly lost?: true
}

export interface Released {
  readonly job: Job
  readonly main: Stage
  readonly post: Stage | undefined
  readonly log: string
  /** `BELAY_RESULT` at the end. */
  readonly result: string
  readonly conclusion: 'green' | 'red' | 'cancelled' | 'lost'
}

let runs = 100

/** `onTestFinished` is that of the test. */
export async function openFixture(
  cluster: Cluster,
  images: Images,
  onTestFinished: (cleanUp: () => void | Promise<void>) => void,
): Promise<Fixture> {
  const namespace = await cluster.namespace('shop')
  const folder = mkdtempSync(join(tmpdir(), 'belay-kubernetes-'))
  const github = await startFakeGitHub({
    repository: {
      name: 'acme/shop',
      commits: Object.values(shas).map((sha) => ({ sha, parents: [], message: 'A commit', files: {} })),
      branches: { main: shas.v3 },
    },
  })
  const link = await openLink(cluster)
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, await kubeconfigThrough(cluster, link.port))
  onTestFinished(async () => {
    link.close()
    await github.stop()
    rmSync(folder, { recursive: true, force: true })
    await cluster.removeNamespace(namespace)
  })

  let sets = 0
  const fixture: Fixture = {
    cluster,
    namespace,
    images,
    github,
    folder,
    inputs(set, more = {}) {
      const manifests = join(folder, `set-${++sets}`)
      mkdirSync(manifests)
      for (const [index, object] of set.entries())
        writeFileSync(join(manifests, `${index}.json`), JSON.stringify(object))
      return {
        manifests,
        namespace,
        kubeconfig,
        service: 'api',
        environment: 'qa',
        deadline: '120s',
        'progress-timeout': '40s',
        'lock-timeout': '3s',
        ...more,
      }
    },
    job(version, { env = {} } = {}) {
      const job = openJob({
        env: {
          PATH: `${cluster.programs}:${process.env.PATH}`,
          GITHUB_SHA: shas[version],
          GITHUB_REPOSITORY: 'acme/shop',
          GITHUB_RUN_ID: String(++runs),
          GITHUB_API_URL: github.url,
          ...env,
        },
      })
      onTestFinished(() => job.close())
      return job
    },
    async release(version, change = {}, options = {}) {
      const job = fixture.job(version)
      const inputs = fixture.inputs(setOf(images[version], change), options.inputs)
      return releaseIn(job, inputs, options)
    },
    async state() {
      const lists = await Promise.all(
        compared.map(async (kind) => {
          const [base, plural] = kind.split(' ')
          const { json } = await cluster.mustAsk('GET', `/${base}/namespaces/${namespace}/${plural}`)
          return json.items.flatMap((object: Live) =>
            isUsers(object) ? [[`${plural}/${object.metadata.name}`, contentOf(object)]] : [],
          )
        }),
      )
      return Object.fromEntries(lists.flat())
    },
    async served() {
      const { json } = await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/services/api`)
      // The node's proxy learns a second late which pods are gone, and these pods do not drain.
      const retries = ['--retry', '10', '--retry-all-errors', '--retry-delay', '1', '--connect-timeout', '2']
      const { stdout, stderr } = await cluster.run(['curl', '-sS', ...retries, `http://${json.spec.clusterIP}/`])
      return /v\d/.exec(stdout)?.[0] ?? `nothing: ${stdout}${stderr}`
    },
    cut: link.cut,
    async kubectl(...argv) {
      const { status, stdout, stderr } = await cluster.kubectl([...argv, `--namespace=${namespace}`])
      if (status !== 0) throw new Error(`kubectl ${argv.join(' ')}: ${stderr}`)
      return stdout
    },
  }
  return fixture
}

/** Runs a job of one step. */
export async function releaseIn(job: Job, inputs: Inputs, options: ReleaseOptions = {}): Promise<Released> {
  const step = job.step(options.action ?? 'deploy-kubernetes')
  const main = await step.main(inputs, {
    ...(options.during && { during: ({ pid = 0 }) => options.during?.(job, pid) }),
  })
  await options.between?.(main)
  if (options.lost) {
    const result = main.environment.BELAY_RESULT ?? ''
    return { job, main, post: undefined, log: main.log, result, conclusion: 'lost' }
  }
  const status =
    main.exit === 0 ? (options.status ?? 'success') : options.status === 'cancelled' ? 'cancelled' : 'failure'
  const post = await step.post({ ...inputs, 'job-status': status }, { timeoutMs: 300_000 })
  const isRed = status === 'failure' || post.exit !== 0
  return {
    job,
    main,
    post,
    log: `${main.log}\n--- post\n${post.log}`,
    result: post.environment.BELAY_RESULT ?? '',
    conclusion: status === 'cancelled' ? 'cancelled' : isRed ? 'red' : 'green',
  }
}

/** Waits until the job's record says that main has begun a phase. */
export async function untilPhase(job: Job, phase: string): Promise<void> {
  for (const last = Date.now() + 60_000; Date.now() < last; await new Promise((resolve) => setTimeout(resolve, 5)))
    if (job.journal().some((line) => line.event === 'phase' && line.phase === phase)) return
  throw new Error(`main did not begin ${phase}`)
}

/** Ends the main of a job as it begins a phase. */
export function killedAt(phase: string, signal: NodeJS.Signals = 'SIGKILL') {
  return async (job: Job, pid: number): Promise<void> => {
    await untilPhase(job, phase)
    process.kill(pid, signal)
  }
}

interface Live {
  readonly metadata: Record<string, unknown> & {
    name: string
    annotations?: Record<string, string>
    managedFields?: { subresource?: string }[]
    ownerReferences?: unknown[]
  }
  readonly status?: unknown
}

/** Not what the cluster or Belay keep in every namespace. */
function isUsers({ metadata: { name, ownerReferences } }: Live): boolean {
  return name !== 'kube-root-ca.crt' && ownerReferences === undefined
}

function contentOf({ status: _, metadata, ...others }: Live): object {
  const { resourceVersion: __, generation: ___, managedFields = [], annotations = {}, ...kept } = metadata
  const {
    'deployment.kubernetes.io/revision': ____,
    'deprecated.daemonset.template.generation': _____,
    ...own
  } = annotations
  const fields = managedFields.filter(({ subresource }) => subresource === undefined)
  return { ...others, metadata: { ...kept, annotations: own, managedFields: fields } }
}

async function kubeconfigThrough(cluster: Cluster, port: number): Promise<string> {
  const { stdout } = await cluster.kubectl(['config', 'view', '--raw', '--flatten', '--output=json'])
  const config = JSON.parse(stdout)
  const { hostname } = new URL(cluster.server)
  for (const { cluster: one } of config.clusters) {
    one.server = `https://127.0.0.1:${port}`
    one['tls-server-name'] = hostname
  }
  return JSON.stringify(config)
}

/** The way from the runner to the API server. */
async function openLink(cluster: Cluster): Promise<{ port: number; cut(isCut: boolean): void; close(): void }> {
  const { hostname, port } = new URL(cluster.server)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((incoming) => {
    if (isCut) return void incoming.destroy()
    const outgoing = openSocket(Number(port), hostname)
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        incoming.destroy()
        outgoing.destroy()
      })
    }
    incoming.pipe(outgoing).pipe(incoming)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const end = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    cut(wanted) {
      isCut = wanted
      if (wanted) end()
    },
    close() {
      end()
      server.close()
    },
  }
}
