import { expect, test } from 'vitest'
import { startFakeRender } from '../src/render/index.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)

test('the servers answer with the live version; a service does not start without the services that it needs', async ({
  onTestFinished,
}) => {
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
  expect((await trigger(api.service.id)).status).toBe(201)
  await expect.poll(() => render.serves('api'), { timeout: 5000 }).toBe(fresh)
  expect(await (await fetch(`${render.urlOf('api')}/health`)).json()).toEqual({ sha: fresh, needs: { database: old } })

  // An unhealthy neighbour keeps a new instance from becoming healthy; the old one continues.
  const database = render.simulation.account.named('database')
  render.simulation.plan('database', [{ serves: 'unhealthy' }])
  await trigger(database.service.id)
  await expect.poll(() => render.serves('database'), { timeout: 5000 }).toBe('')
  await trigger(api.service.id)
  await expect.poll(() => api.deploys.at(-1)?.status, { timeout: 5000 }).toBe('update_failed')
  expect(await render.serves('api')).toBe(fresh)

  render.simulation.script('get-service', [{ does: 'reset', accepted: false }])
  await expect(fetch(`${render.url}/services/${api.service.id}`)).rejects.toThrow()
})
