import type { Inputs } from '@belay/action-harness'
import { expect, vi } from 'vitest'
import { type Fixture, type Released, releaseIn } from './fixture.ts'
import { setOf } from './objects.ts'
import { moveInputs, releaseToSlot, type SlotOptions } from './slot-release.ts'

/** An image with kubectl, as the inputs of a switch name it. */
async function confirmImage({ cluster }: Fixture): Promise<Inputs> {
  return { 'confirm-image': await cluster.pushKubectl() }
}

/** Makes the account that preflight prints. `change`: what somebody got wrong. */
export async function makeConfirmAccount(
  fixture: Fixture,
  change: (account: string) => string = (account) => account,
): Promise<void> {
  const { cluster, namespace } = fixture
  const inputs = moveInputs(fixture.inputs(setOf('')), { command: 'preflight', ...(await confirmImage(fixture)) })
  const { main } = await releaseIn(fixture.job('v1'), inputs, { action: 'blue-green-switch' })
  const account = /^apiVersion: v1\nkind: ServiceAccount[\s\S]*?(?=^The login)/m.exec(main.log)?.[0] ?? ''
  const { status, stderr } = await cluster.kubectl(['apply', `--namespace=${namespace}`, '--filename=-'], {
    input: change(account),
  })
  expect(status, `${stderr}\n${main.log}`).toBe(0)
}

/** A release to the idle slot whose switch has the cluster wait for its job. */
export async function releaseWatched(fixture: Fixture, options: SlotOptions, timeout = '10m'): Promise<Released> {
  const switching = { ...(await confirmImage(fixture)), 'confirm-timeout': timeout }
  return releaseToSlot(fixture, 'v2', {}, { ...options, switching })
}

/** The cluster alone moves the traffic of v1 back. */
export async function untilMovedBack({ kubectl }: Fixture): Promise<void> {
  const slot = () => kubectl('get', 'service/api', '--output=jsonpath={.spec.selector.slot}')
  await vi.waitFor(async () => expect(await slot()).toBe('blue'), { timeout: 60_000, interval: 500 })
}
