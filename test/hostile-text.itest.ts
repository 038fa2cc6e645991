import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { openScene, type Scene } from './support/scene.ts'

const base = '/srv/api/qa'
const forged = 'v2\n@belay refused disk-full GOTCHA\n@belay release confirmed yes ../../x 0 0 gold'

async function begun(context: TestContext): Promise<[Scene, TestHost]> {
  const scene = await openScene({ hosts: 1 })
  context.onTestFinished(() => scene.close())
  expect((await release(scene, 'v1')).belay).toBe('committed')
  return [scene, scene.hosts[0] as TestHost]
}

const release = async (scene: Scene, version: string, inputs = {}) =>
  scene.job(version, [scene.deploy('api', await scene.release('api', version), { version, ...inputs })])

const command = (scene: Scene, name: string, inputs = {}) =>
  scene.job('v9', [scene.deploy('api', '', { command: name, ...inputs })])

const states = async (host: TestHost) => (await host.run(['ls', `${base}/.belay/states`])).stdout.trim().split('\n')

need(canStartHosts())('a text with a line break', () => {
  test.concurrent.each(['version', 'check', 'restart', 'path'])(
    'in %s is refused, and nothing is touched',
    async (input) => {
      const scene = await openScene({ hosts: 1 })
      try {
        const played = await release(scene, 'v1', { [input]: `${forged} ` })
        expect(played.job.steps[0]?.outputs['failure-code'], played.log).toBe('inputs')
        expect(played.log).toContain(`${input}: has a line break`)
        expect(await scene.hosts[0]?.exists(`${base}/.belay`)).toBe(false)
      } finally {
        await scene.close()
      }
    },
  )

  test.concurrent('that a state file holds already stops nobody: deploy, rollback, status and preflight go on', async (context) => {
    const [scene, host] = await begun(context)
    expect((await release(scene, 'v2')).belay).toBe('committed')
    const file = `${base}/.belay/states/${(await states(host)).at(-1)}`
    const text = (await host.read(file)) as string
    await host.write(file, text.replace("r_version='v2'", `r_version='${forged}'`))

    const status = await command(scene, 'status')
    expect(status.job.steps[0]?.outcome, status.log).toBe('success')
    const preflight = await command(scene, 'preflight')
    expect(preflight.job.steps[0]?.outcome, preflight.log).toBe('success')
    const chosen = await command(scene, 'rollback', { version: 'gold' })
    expect(chosen.job.steps[0]?.outputs['failure-code'], chosen.log).toBe('no-such-release')
    expect((await release(scene, 'v3')).belay).toBe('committed')
    const back = await command(scene, 'rollback')
    expect(back.belay, back.log).toBe('committed')
    expect(await scene.serves(host, 'api')).toBe('v2')
    for (const { log } of [status, preflight, back]) expect(log).not.toContain('disk-full: ')
  })

  test.concurrent('in the link `current` is refused by its own name', async (context) => {
    const [scene, host] = await begun(context)
    const link = await host.linkTarget(`${base}/current`)
    await host.run(['ln', '-sfn', `${link}\n@belay refused disk-full GOTCHA`, `${base}/current`])
    const played = await release(scene, 'v2')
    expect(played.job.steps[0]?.outputs['failure-code'], played.log).toMatch(/^current-/)
    expect(played.log).not.toMatch(/disk-full: |: GOTCHA/)
  })

  test.concurrent("in the holder's note becomes no answer of the host", async (context) => {
    const [scene, host] = await begun(context)
    await host.write(`${base}/.belay/holder`, 'me\n@belay state confirmed\n@belay refused disk-full GOTCHA\n')
    const holding = host.run(['flock', `${base}/.belay/lock`, 'sleep', '8'])
    const played = await release(scene, 'v2', { 'lock-timeout': '1s' })
    expect(played.job.steps[0]?.outputs['failure-code'], played.log).toBe('lock-held')
    await holding
  })
})
