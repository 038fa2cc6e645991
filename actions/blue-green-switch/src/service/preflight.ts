import { codeBlock, type MainOutcome, type Step } from '@belay/action-kit'
import {
  assertNamespace,
  type Client,
  connectMain,
  leasePlace,
  readLease,
  selectorOf,
  slotsOfServices,
} from '@belay/kubernetes'
import { assertConfirmRights } from './confirm.ts'
import { accountYaml, type ConfirmObjects, namesInSlots } from './confirm-role.ts'
import { deploymentsIn } from './deployments.ts'
import type { ServiceInputs } from './inputs.ts'
import type { SavedMove } from './saved.ts'

/**
 * `command: preflight`: whether the cluster can be reached, and with `confirm-image` the account that its pod needs. The other rights
 * deploy-kubernetes lists, with the same slots.
 */
export async function preflight(
  inputs: ServiceInputs,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<MainOutcome> {
  const { client } = await connectMain(inputs.access, signal)
  await assertNamespace(client, inputs.namespace)
  step.info('The cluster answers. `command: preflight` of deploy-kubernetes with the same slots prints the role.')
  if (inputs.confirm) await printAccount(client, inputs, step)
  return { result: 'unchanged' }
}

async function printAccount(client: Client, inputs: ServiceInputs, step: Step<SavedMove>): Promise<void> {
  const { namespace } = inputs
  const objects = await confirmObjects(client, inputs)
  if (objects) {
    const account = accountYaml(objects)
    step.info(account)
    step.summary(`What the pod of \`confirm-image\` needs:\n\n${codeBlock(account, 'yaml')}`)
  } else
    step.info(
      'Nothing is committed here yet. After the first release this command prints the account of the confirm Job.',
    )
  await assertConfirmRights(client, leasePlace(namespace, inputs.release))
  step.info('The login of this job may start the confirm Job.')
}

/** By what is live; undefined where no release has been committed. */
async function confirmObjects(
  client: Client,
  { namespace, release, slots }: ServiceInputs,
): Promise<ConfirmObjects | undefined> {
  const lease = leasePlace(namespace, release)
  const { services } = (await readLease(client, lease))?.committed ?? {}
  if (!services) return undefined
  const there = await slotsOfServices(client, namespace, services)
  const selectors = there.flatMap(({ live }) => (live ? [selectorOf(live)] : []))
  const deployments = await deploymentsIn(client, namespace, slots, selectors)
  const names = namesInSlots(
    deployments.map(({ metadata }) => metadata.name),
    slots,
  )
  return { lease, services, deployments: names }
}
