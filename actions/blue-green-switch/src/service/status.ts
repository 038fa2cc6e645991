import { type MainOutcome, plainMarkdown, type Step } from '@belay/action-kit'
import {
  assertNamespace,
  connectMain,
  leasePlace,
  readLease,
  readyPods,
  refName,
  selectorOf,
  slotsOfServices,
} from '@belay/kubernetes'
import type { ServiceInputs } from './inputs.ts'
import type { SavedMove } from './saved.ts'

/** `command: status`: where the traffic goes, and what is ready in each slot. Reads only. */
export async function status(inputs: ServiceInputs, step: Step<SavedMove>, signal: AbortSignal): Promise<MainOutcome> {
  const { access, namespace, slots, release } = inputs
  const { client } = await connectMain(access, signal)
  await assertNamespace(client, namespace)
  const lease = await readLease(client, leasePlace(namespace, release))
  const { version = 'nothing', release: id = '', services = [] } = lease?.committed ?? {}
  const lock = lease?.holder ? `the lock is held by ${lease.holder}` : 'the lock is free'
  const there = await slotsOfServices(client, namespace, services)
  const lines = await Promise.all(
    there.map(async ({ ref, live, slot }) => {
      if (!live) return `${refName(ref)} is not there`
      const ready = await Promise.all(slots.map((word) => readyPods(client, namespace, selectorOf(live), word)))
      const counts = slots.map((word, index) => `${word} has ${ready[index]?.length ?? 0} ready pods`).join(', ')
      return `${refName(ref)} leads to slot ${slot ?? 'none'}; ${counts}`
    }),
  )
  const all = [`committed: ${version} ${id}; state: ${lease?.state ?? 'none'}; ${lock}`, ...lines]
  for (const line of all) step.info(line)
  const found = new Set(there.map(({ slot }) => slot))
  step.output('active', found.size === 1 ? ([...found][0] ?? '') : '')
  step.summary(`**blue-green-switch status**\n\n${all.map((line) => `- ${plainMarkdown(line)}`).join('\n')}`)
  return { result: 'unchanged' }
}
