import { simulateRender, virtualClock } from '@belay/fakes/render'
import { NoResponseError } from '@belay/http'
import { expect, test } from 'vitest'
import { openClient } from '../src/api-client.ts'
import { follow } from '../src/follow.ts'
import { appearsWithinMs, type DeployRequest, snapshotBefore, triggerOnce } from '../src/trigger-deploy.ts'

function open(signal = new AbortController().signal, during = () => {}) {
  const clock = virtualClock()
  const render = simulateRender({ clock, durations: { build: 300_000 } })
  const place = render.add({ name: 'api', type: 'web_service', live: 'a'.repeat(40) })
  const deadline = { clock, random: () => 0.5, signal, until: clock.now() + 900_000 }
  const client = openClient(async ({ method, path }) => {
    during()
    const reply = render.take({ method, path: `/v1${path}`, authorization: `Bearer ${render.key}`, body: '' })
    if (reply.kind !== 'answer') throw new NoResponseError('cut off', true)
    const headers = Object.fromEntries(Object.entries(reply.headers).map(([name, text]) => [name.toLowerCase(), text]))
    return { status: reply.status, headers, body: Buffer.from(reply.body) }
  }, deadline)
  const id = render.deployElsewhere('api', 'b'.repeat(40))?.id ?? ''
  /** Hides the deploy from the third minute on, for `ms` milliseconds. */
  const hide = (ms: number) =>
    clock.after(180_000, () => {
      const hidden = place.deploys.pop()
      clock.after(ms, () => hidden && place.deploys.push(hidden))
    })
  return { render, place, client, clock, hide, follow: () => clock.run(follow(client, place.service.id, id, () => {})) }
}

test('a deploy that is not found for a moment is waited for', async () => {
  const { hide, follow } = open()
  hide(30_000)
  expect(await follow()).toMatchObject({ status: 'live' })
})

test('a deploy that stays missing is lost', async () => {
  const { hide, follow } = open()
  hide(600_000)
  await expect(follow()).rejects.toMatchObject({ code: 'deploy-lost' })
})

test('the live deploy is found behind a hundred failed ones', async () => {
  const { render, place, client, clock } = open()
  for (let made = 0; made < 110; made++) {
    const deploy = render.deployElsewhere('api', 'c'.repeat(40))
    if (deploy) render.deploys.cancel(place, deploy)
  }
  const found = await clock.run(client.deploys(place.service.id))
  expect(found.find(({ status }) => status === 'live')?.commit?.id).toBe('a'.repeat(40))
})

test('undo does not search for a deploy that a rate limit certainly kept from being requested', async () => {
  const cancel = new AbortController()
  const { render, place, client, clock } = open(cancel.signal)
  render.script('trigger-deploy', [{ does: 'limit', retryAfter: 60 }])
  const saved: (DeployRequest | undefined)[] = []
  clock.after(10_000, () => cancel.abort())
  const before = snapshotBefore(client, place.deploys, 'api', { commit: 'b'.repeat(40) })
  const triggered = triggerOnce(client, place.service.id, {}, before, (now) => saved.push(now))
  await expect(clock.run(triggered)).rejects.toMatchObject({ code: 'interrupted' })
  expect(saved).toEqual([expect.objectContaining({ trigger: 'api' }), undefined])
})

test('undo searches for a deploy whose answer was cut off by a cancel', async () => {
  const cancel = new AbortController()
  const { render, place, client, clock } = open(cancel.signal, () => cancel.abort())
  render.script('trigger-deploy', [{ does: 'reset', accepted: true }])
  const saved: (DeployRequest | undefined)[] = []
  const before = snapshotBefore(client, place.deploys, 'api', { commit: 'b'.repeat(40) })
  const triggered = triggerOnce(client, place.service.id, {}, before, (now) => saved.push(now))
  await expect(clock.run(triggered)).rejects.toMatchObject({ code: 'interrupted' })
  expect(saved.at(-1)).toMatchObject({ trigger: 'api' })
})

test('a deploy that is requested again may appear as long after that as after the first request', async () => {
  const { render, place, client, clock } = open()
  render.script('trigger-deploy', [{ does: 'reset', accepted: false }])
  const saved: (DeployRequest | undefined)[] = []
  const before = snapshotBefore(client, place.deploys, 'api', { commit: 'c'.repeat(40) })
  await clock.run(triggerOnce(client, place.service.id, {}, before, (now) => saved.push(now)))
  const [first, second] = saved.map((one) => one?.requestedAtMs ?? Number.NaN)
  expect(saved).toHaveLength(2)
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(appearsWithinMs)
})
