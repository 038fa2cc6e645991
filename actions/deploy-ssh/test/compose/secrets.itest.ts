import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHostEngine, canStartHosts, canStartRegistry, type HostEngine, type TestHost } from '@belay/test-hosts'
import type { RunController } from '@belay/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ComposeFixture, login, openComposeFixture } from '../../../../test/support/compose.ts'
import { waitFor } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'

const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64')
const secrets = [login.password, basic]

describeIf(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('the token of a registry', () => {
  let fixture: ComposeFixture
  let host: TestHost
  let engine: HostEngine

  beforeAll(async () => {
    fixture = await openComposeFixture()
    ;[host, engine] = [fixture.hosts[0] as TestHost, fixture.engines[0] as HostEngine]
  }, 120_000)
  afterAll(() => fixture?.close(), 60_000)

  const asRoot = async (...argv: string[]) => (await host.run(argv, { user: 'root' })).stdout
  const logins = async () =>
    (await asRoot('find', '/dev/shm', '/run', '/srv', '/tmp', '/home', '-name', 'belay-login.*'))
      .split('\n')
      .filter(Boolean)
  const onDisk = async () =>
    (
      await asRoot(
        'grep',
        '-rlF',
        ...secrets.flatMap((secret) => ['-e', secret]),
        '/srv',
        '/home',
        '/tmp',
        '/run',
        '/dev/shm',
        '/var/log',
      )
    )
      .split('\n')
      .filter(Boolean)

  /** Arguments and environments of all processes of the host that show a secret. */
  async function shown(): Promise<string[]> {
    const text = await asRoot('sh', '-c', 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null')
    const argv = readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        } catch {
          return ''
        }
      })
    return secrets.filter((secret) => text.includes(secret) || argv.some((line) => line.includes(secret)))
  }

  /** Holds the pull of a blob until it may go on. */
  function holdPull(): { reached: () => boolean; go: () => void } {
    let [held, go] = [false, () => {}]
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    fixture.registry.fault = async ({ method, path }) => {
      if (method !== 'GET' || !path.includes('/blobs/')) return undefined
      held = true
      await gate
      return undefined
    }
    return { reached: () => held, go: () => go() }
  }

  /** A job that is held in its pull. */
  async function pulling(version: string) {
    const image = await fixture.image(version)
    const pull = holdPull()
    const running = fixture.fixture.job(version, [fixture.deploy(image)])
    await waitFor('the pull is under way', 60, async () => pull.reached())
    return { pull, running }
  }

  test('is in no argument, environment or file but one, in memory, while it pulls', async () => {
    const { pull, running } = await pulling('v1')
    const [folder, ...others] = await logins()
    expect(others).toEqual([])
    expect(folder).toMatch(/^\/dev\/shm\/belay-login\.\w{6}$/)
    expect((await asRoot('stat', '-c', '%U %a', folder ?? '')).trim()).toBe('deploy 700')
    expect(await onDisk()).toEqual([`${folder}/config.json`])
    expect(await shown()).toEqual([])
    pull.go()
    const completed = await running
    expect(completed.belay, completed.log).toBe('committed')
  })

  test('is in no log, output, record or file that stays', async () => {
    const { pull, running } = await pulling('v2')
    pull.go()
    const completed = await running
    expect(completed.belay, completed.log).toBe('committed')
    expect(await logins()).toEqual([])
    expect(await onDisk()).toEqual([])
    const texts = [
      completed.log,
      JSON.stringify(completed.record),
      ...completed.job.steps.map((step) => `${JSON.stringify(step.outputs)}${step.summary}`),
      ...filesBelow(join(fixture.fixture.folder, 'p2')),
    ]
    for (const text of texts) for (const secret of secrets) expect(text.includes(secret)).toBe(false)
  })

  test('that a killed pull left behind is removed by the next release', async () => {
    const image = await fixture.image('v2')
    const pull = holdPull()
    let interrupting: Promise<void> | undefined
    const interrupt = async (controller: RunController) => {
      await waitFor('the pull is under way', 60, async () => pull.reached())
      controller.loseRunner()
      for (const { pid, args } of await host.processes())
        if (args.join(' ') === 'sh -s' || args.includes('serve') || args.includes('pull'))
          await host.kill(pid, 'SIGKILL')
    }
    const lost = fixture.fixture.job('v2', [fixture.deploy(image)], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'pull' },
        // Not waited for here: the step is held that long, and does not pull.
        inject: (controller) => {
          interrupting = interrupt(controller)
        },
      },
    })
    expect((await lost).result.conclusion).toBe('lost')
    await interrupting
    expect(await logins()).toHaveLength(1)
    pull.go()
    const completed = await fixture.fixture.job('v2', [fixture.deploy(image)])
    expect(completed.belay, completed.log).toBe('committed')
    expect(await logins()).toEqual([])
    expect(await engine.docker('ps', '--quiet', '--filter', 'name=shop-app')).not.toBe('')
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
}
