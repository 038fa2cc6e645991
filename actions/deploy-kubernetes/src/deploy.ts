import type { MainOutcome } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { type KeptObject, loadYaml } from '@belay/kubernetes'
import { deployChart } from './chart/deploy.ts'
import type { DeployContext, KubernetesStep } from './context.ts'
import { type DesiredObject, imageChanges, locate, renderManifests, warnOfFloatingImages } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'
import { keptObjects, withNewImages } from './keeping.ts'
import { assertReleaseRights, neededRights } from './needed-rights.ts'
import { releaseObjects } from './release.ts'
import type { Wanted } from './wanted.ts'

/** `command: deploy`: releases the manifests, or only images. The job's end commits. */
export async function deploy(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  if (inputs.manifests.length > 0) loadYaml()
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('sha', release.sha)
  if (inputs.chart) return deployChart(inputs, inputs.chart, step, release)
  let located: readonly DesiredObject[] = []
  return releaseObjects(inputs, step, release, {
    async prepare(context) {
      located = await locateAll(context)
      const resources = located.map(({ resource }) => resource)
      await assertReleaseRights(context.client, inputs.namespace, neededRights(inputs, resources))
    },
    async choose({ client }, { committed, kept }): Promise<Wanted> {
      const { id, version, sha } = release
      const at = new Date(client.now()).toISOString()
      const record = { release: id, version, sha, at, ...(committed && { previous: committed.release }) }
      const wanted = (desired: readonly DesiredObject[], objects: readonly KeptObject[]): Wanted => ({
        desired,
        release: { ...record, objects },
        onlyChanges: true,
      })
      if (inputs.manifests.length > 0) return wanted(located, keptObjects(located))
      const desired = await imageChanges(client, inputs)
      const before = kept.find((one) => one.kept.release === committed?.release)?.kept.objects ?? []
      return wanted(desired, withNewImages(before, desired, inputs.images))
    },
    end: async () => ({ result: 'pending' }),
  })
}

async function locateAll({ inputs, connection, client, signal }: DeployContext): Promise<DesiredObject[]> {
  if (inputs.manifests.length === 0) return []
  const objects = await renderManifests(inputs, connection.kubectl, signal)
  warnOfFloatingImages(objects)
  return locate(client, objects, inputs.namespace)
}
