import { expect, type TestContext, test } from 'vitest'
import { startFakeRender } from '../src/render/index.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)

async function open(onTestFinished: TestContext['onTestFinished']) {
  const render = await startFakeRender({ durations: { build: 20, update: 20 } })
  onTestFinished(() => render.stop())
  await render.add({ name: 'database', type: 'private_service', live: old })
  const api = await render.add({ name: 'api', type: 'web_service', needs: ['database'], live: old })
  const trigger = async (id: string) =>
    fetch(`${render.url}/services/${id}/deploys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${render.simulation.key}` },
      body: JSON.stringify({ commitId: fresh }),
    })
  return { render, api, trigger }
}

test('the server of a service answers with its live version and those that it needs', async ({ onTestFinished }) => {
  const { render, api, trigger } = await open(onTestFinished)
  expect((await trigger(api.service.id)).status).toBe(201)
  await expect.poll(() => render.serves('api')).toBe(fresh)
  expect(await (await fetch(`${render.urlOf('api')}/health`)).json()).toEqual({ sha: fresh, needs: { database: old } })
})

test('a new instance is not healthy while a service that it needs is not, and the old one stays', async ({
  onTestFinished,
}) => {
  const { render, api, trigger } = await open(onTestFinished)
  const database = render.simulation.account.named('database')
  render.simulation.plan('database', [{ serves: 'unhealthy' }])
  await trigger(database.service.id)
  await expect.poll(() => render.serves('database')).toBe('')
  await trigger(api.service.id)
  await expect.poll(() => api.deploys.at(-1)?.status).toBe('update_failed')
  expect(await render.serves('api')).toBe(old)
})

test('a scripted reset breaks the connection', async ({ onTestFinished }) => {
  const { render, api } = await open(onTestFinished)
  render.simulation.script('get-service', [{ does: 'reset', accepted: false }])
  await expect(fetch(`${render.url}/services/${api.service.id}`)).rejects.toThrow()
})
