import { codeBlock, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { assertNamespace, assertSkew, closeConnection, connect, roleYaml } from '@belay/kubernetes'
import type { KubernetesStep } from './context.ts'
import { locate, renderManifests } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'
import { assertReleaseRights, neededRights } from './needed-rights.ts'

/** `command: preflight`: prints the role that a release needs, and lists what of it is missing. Changes nothing. */
export function preflight(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const { clientFor, kubectl } = await connect(inputs.access, signal)
    const client = clientFor({ signal, patienceMs: 10_000 })
    try {
      assertSkew(kubectl, await client.get<{ major: string; minor: string }>('/version'))
      await assertNamespace(client, inputs.namespace)
      const objects = inputs.manifests.length > 0 ? await renderManifests(inputs, kubectl, signal) : []
      const resources = (await locate(client, objects, inputs.namespace)).map(({ resource }) => resource)
      const needed = neededRights(inputs, resources)
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
