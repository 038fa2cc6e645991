import { type Step, withinDeadline } from '@belay/action-kit'
import {
  assertNamespace,
  assertRights,
  type Client,
  connectMain,
  failureOf,
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
      const { connection, client } = await connectMain(route.access, signal)
      const { kubectl, server } = connection
      await assertNamespace(client, namespace)
      const { job: manifest, warnings } = await readJobManifest({ ...route }, kubectl, signal)
      for (const text of warnings) step.warn(text)
      const lease = leaseName(release.service, release.environment)
      await assertRights(client, namespace, neededRights(lease), { what: 'the migration', role: roleName })
      const following = { namespace, deadline, signal, info: step.info }
      return task({ inputs, route, client, server, lease, manifest, files, following, signal })
    })
  } catch (error) {
    throw failureOf(error, step.signal, 'run it with dry-run, which prints the role.')
  }
}
