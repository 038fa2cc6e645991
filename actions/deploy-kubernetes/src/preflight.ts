import { codeBlock, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { assertNamespace, closeConnection, connectMain, roleYaml } from '@belay/kubernetes'
import { chartRights } from './chart/deploy.ts'
import type { KubernetesStep } from './context.ts'
import { locate, renderManifests } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'
import { assertReleaseRights, neededRights } from './needed-rights.ts'

/** `command: preflight`: prints the role that a release needs, and lists what of it is missing. Changes nothing. */
export function preflight(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const { connection, client } = await connectMain(inputs.access, signal, 10_000)
    try {
      await assertNamespace(client, inputs.namespace)
      const { chart } = inputs
      const objects = inputs.manifests.length > 0 ? await renderManifests(inputs, connection.kubectl, signal) : []
      const resources = (await locate(client, objects, inputs.namespace)).map(({ resource }) => resource)
      const needed = chart
        ? await chartRights({ client, connection, inputs, signal }, chart)
        : neededRights(inputs, resources)
      const role = roleYaml('belay-deploy', inputs.namespace, needed)
      step.info(role)
      step.summary(`The role that a release needs:\n\n${codeBlock(role, 'yaml')}`)
      await assertReleaseRights(client, inputs.namespace, needed)
      step.info('No right is missing.')
      return { result: 'unchanged' }
    } finally {
      closeConnection()
    }
  })
}
