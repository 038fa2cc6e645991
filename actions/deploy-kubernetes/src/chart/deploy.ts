import type { MainOutcome } from '@belay/action-kit'
import { type Client, descriptionOf, type KubeObject, type Right, revisionLabel } from '@belay/kubernetes'
import type { Release } from '@belay/release-model'
import type { DeployContext, KubernetesStep } from '../context.ts'
import { locate } from '../desired.ts'
import type { KubernetesInputs } from '../inputs.ts'
import { assertReleaseRights, commonRights } from '../needed-rights.ts'
import { releaseObjects } from '../release.ts'
import type { Wanted } from '../wanted.ts'
import type { ChartInputs } from './inputs.ts'
import { planChart } from './plan.ts'
import { type LocalChart, localChart, renderChart, templateChart, upgradeArgs } from './render.ts'
import { rightsOfChart } from './rights.ts'

/** Releases a chart by Helm. The job's end commits. */
export async function deployChart(
  inputs: KubernetesInputs,
  chart: ChartInputs,
  step: KubernetesStep,
  release: Release,
): Promise<MainOutcome> {
  let local: LocalChart | undefined
  try {
    return await releaseObjects(inputs, step, release, {
      async prepare(context) {
        const found = await prepareChart(context, chart)
        local = found.local
        await assertReleaseRights(context.client, inputs.namespace, found.needed)
      },
      async choose(context, { committed }): Promise<Wanted> {
        const source = local as LocalChart
        const { desired, change } = await planChart(context, chart.name, 'upgrade', async (helm) => ({
          rendered: await renderChart(helm, source, inputs.images, context.signal),
          args: [
            ...upgradeArgs(source),
            ...['--description', descriptionOf(release.id), '--labels', `${revisionLabel}=${release.id}`],
          ],
        }))
        const { id, version, sha } = release
        const at = new Date(context.client.now()).toISOString()
        return {
          desired,
          chart: change,
          release: {
            ...{ release: id, version, sha, at, ...(committed && { previous: committed.release }), objects: [] },
            chart: { name: chart.name, revision: change.saved.last + 1 },
          },
          onlyChanges: true,
        }
      },
      end: async () => ({ result: 'pending' }),
    })
  } finally {
    local?.remove()
  }
}

type Preparing = Pick<DeployContext, 'client' | 'connection' | 'inputs' | 'signal'>

/** The rights that a release of a chart needs. */
export async function chartRights(context: Preparing, chart: ChartInputs): Promise<Right[]> {
  const { local, needed } = await prepareChart(context, chart)
  local.remove()
  return needed
}

/** The chart on this runner, and the rights that a release of it needs. */
async function prepareChart(
  { client, connection, inputs, signal }: Preparing,
  chart: ChartInputs,
): Promise<{ local: LocalChart; needed: Right[] }> {
  const helm = await connection.helm(signal)
  const local = await localChart(chart, inputs.namespace, helm, signal)
  try {
    const objects = await templateChart(helm, local, await versionOf(client), signal)
    const isHook = ({ metadata }: KubeObject) => metadata.annotations?.['helm.sh/hook'] !== undefined
    const located = await locate(client, objects, inputs.namespace)
    const resources = located.map(({ resource }) => resource)
    const hooks = located.filter(({ send }) => 'apply' in send && isHook(send.apply)).map(({ resource }) => resource)
    return { local, needed: [...commonRights(inputs), ...rightsOfChart(resources, hooks)] }
  } catch (error) {
    local.remove()
    throw error
  }
}

async function versionOf(client: Client): Promise<string> {
  return (await client.get<{ gitVersion: string }>('/version')).gitVersion
}
