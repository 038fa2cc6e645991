import { Failure, Interrupted, type Step, withinDeadline } from '@belay/action-kit'
import {
  ApiError,
  assertNamespace,
  assertRights,
  assertSkew,
  type Client,
  connect,
  type KubeObject,
  leaseName,
} from '@belay/kubernetes'
import type { MigrateInputs } from '../inputs.ts'
import { type MigrationFiles, readFiles } from './files.ts'
import type { Following } from './follow.ts'
import type { JobRoute } from './inputs.ts'
import { readJobManifest } from './manifest.ts'
import { neededRights, roleName } from './rights.ts'

/** What a command needs while the cluster is reached. */
export interface JobContext {
  readonly inputs: MigrateInputs
  readonly route: JobRoute
  readonly client: Client
  /** The address of the API server. */
  readonly server: string
  /** The name of the service's Lease. */
  readonly lease: string
  readonly manifest: KubeObject
  readonly files: MigrationFiles | undefined
  readonly following: Following
  readonly signal: AbortSignal
}

/** How long main waits for an API server that does not answer, in milliseconds. */
const patienceMs = 60_000

/** Reaches the cluster for `task`; manifest, files and rights are refused before it. The post closes the way. */
export async function withCluster<T>(
  inputs: MigrateInputs,
  step: Pick<Step, 'signal' | 'info' | 'warn' | 'output'>,
  task: (context: JobContext) => Promise<T>,
): Promise<T> {
  const { job: route, deadline, release } = inputs
  if (!route) throw new Error('no Job migrates')
  step.output('applied', '[]')
  step.output('findings', '[]')
  step.output('schema', '[]')
  try {
    const files = readFiles(inputs)
    return await withinDeadline(step.signal, deadline, async (signal) => {
      const { namespace } = route
      const { clientFor, kubectl, server } = await connect(route.access, signal)
      const client = clientFor({ signal, patienceMs })
      assertSkew(kubectl, await client.get<{ major: string; minor: string }>('/version'))
      await assertNamespace(client, namespace)
      const { job: manifest, warnings } = await readJobManifest({ ...route }, kubectl, signal)
      for (const text of warnings) step.warn(text)
      const lease = leaseName(release.service, release.environment)
      await assertRights(client, namespace, neededRights(lease), { what: 'the migration', role: roleName })
      const following = { namespace, deadline, signal, info: step.info }
      return task({ inputs, route, client, server, lease, manifest, files, following, signal })
    })
  } catch (error) {
    if (step.signal.aborted) throw new Interrupted()
    throw error instanceof ApiError ? failureOf(error) : error
  }
}

/** A refusal or a silence of the API server that no phase expects. */
function failureOf({ status, message }: ApiError): Failure {
  if (status === 403)
    return new Failure('forbidden', `The API server refuses: ${message}`, 'run it with dry-run, which prints the role.')
  return new Failure(
    'access',
    status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`,
    'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.',
  )
}
