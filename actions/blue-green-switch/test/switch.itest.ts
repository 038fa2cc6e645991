// biome-ignore-all lint/style/noExcessiveLinesPerFile: the promises of one switch, each for both proxies, against one kind of host
import { canStartHosts, canStartProxy, startNginx, type TestNginx } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { duringStep, openFixture, shaOf, waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { atPhase, loseRunnerOnceArmed } from '../../../test/support/pauses.ts'
import { base, openSwitchFixture, type SwitchFixture, temporary } from './support/fixture.ts'
import { ask, startClient, startSlot } from './support/slots.ts'

const whyNot = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy')
const code = (completed: { job: { steps: readonly { outputs: Record<string, string> }[] } }) =>
  completed.job.steps[0]?.outputs['failure-code']

/** The output `hosts` of the first step. */
const hostsOf = (completed: Parameters<typeof code>[0]): Record<string, unknown>[] =>
  JSON.parse(completed.job.steps[0]?.outputs.hosts ?? '[]')

describeIf(whyNot)('the traffic of a service', () => {
  describe.each(['nginx', 'haproxy'] as const)('with %s, one job after the other', (driver) => {
    let lab: SwitchFixture
    let client: ReturnType<typeof startClient>
    const ends: (() => unknown)[] = []
    beforeAll(async () => {
      lab = await openSwitchFixture({ onTestFinished: (end) => void ends.push(end as () => unknown) }, driver)
      client = startClient(lab.url)
    })
    afterAll(async () => {
      for (const end of ends) await end()
    })
    const rollback = () => lab.fixture.job('v9', [lab.step({ command: 'rollback' })])

    test('moves to the other slot, and its outputs name both', async () => {
      const first = await lab.job()
      expect(first.belay, first.log).toBe('committed')
      expect(await lab.serves()).toBe('v2')
      const outputs = first.job.steps[0]?.outputs
      expect(outputs).toMatchObject({
        result: 'pending',
        active: String(lab.green.port),
        previous: String(lab.blue.port),
        'inflight-at-cutoff': '0',
      })
      expect(Number(outputs?.['switch-ms'])).toBeLessThan(3000)
      expect(hostsOf(first)).toMatchObject([
        { state: 'switched', previous: String(lab.blue.port), active: String(lab.green.port), inflightAtCutoff: 0 },
      ])
      expect(hostsOf(first)[0]?.switchMs).toBe(Number(outputs?.['switch-ms']))
    })

    test('is a noop where it goes already', async () => {
      const again = await lab.job()
      expect(again.belay, again.log).toBe('noop')
      expect(await lab.serves()).toBe('v2')
    })

    test('is reported by status, with the time that the old slot is kept', async () => {
      const status = await lab.job({ command: 'status' })
      expect(status.log).toContain(`traffic goes to ${lab.green.port}`)
      expect(status.log).toContain('the old slot is kept for')
    })

    test('returns to the old slot, which still runs (rule 18)', async () => {
      const back = await rollback()
      expect(back.belay, back.log).toBe('committed')
      expect(await lab.serves()).toBe('v1')
    })

    test('does not return a second time', async () => {
      const twice = await rollback()
      expect(code(twice), twice.log).toBe('not-warm')
      expect(await lab.serves()).toBe('v1')
    })

    test('was answered by one of the two slots all the time', async () => {
      expect([...(await client.stop()).keys()].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
    })

    test('is reported by status without an old slot that is not running', async () => {
      await lab.green.stop()
      const cold = await lab.job({ command: 'status' })
      expect(cold.log).toContain('(not running)')
      expect(cold.log).not.toContain('the old slot is kept for')
    })
  })

  test.concurrent.for(['nginx', 'haproxy'] as const)(
    '%s: goes back when a later step fails',
    async (driver, context) => {
      const lab = await openSwitchFixture(context, driver)
      const client = startClient(lab.url)
      const failed = await lab.job({}, [{ run: 'exit 1' }])
      expect(failed.belay, failed.log).toBe('rolled-back')
      expect(failed.log).toContain(`traffic is back in slot ${lab.blue.port}`)
      expect(await lab.serves()).toBe('v1')
      expect([...(await client.stop()).keys()].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
    },
  )

  test.concurrent.for(['nginx', 'haproxy'] as const)(
    '%s: goes back after the confirm timeout when the runner is lost',
    async (driver, context) => {
      const lab = await openSwitchFixture(context, driver)
      const client = startClient(lab.url)
      const lost = await lab.job({ 'confirm-timeout': '8s' }, [], loseRunnerOnceArmed('release/switch'))
      expect(lost.result.conclusion).toBe('lost')
      expect(await lab.serves()).toBe('v2')
      await waitFor('the countdown', 20, async () => (await lab.state()) === 'undone')
      expect(await lab.serves()).toBe('v1')
      expect([...(await client.stop()).keys()].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
    },
  )

  const phases = ['lock', 'prove', 'switch', 'weight-100', 'switched', 'armed']
  test.concurrent.for(
    (['nginx', 'haproxy'] as const).flatMap((driver) => phases.map((phase) => [driver, phase] as const)),
  )('%s: killed at %s it ends with the old slot serving', async ([driver, phase], context) => {
    const lab = await openSwitchFixture(context, driver)
    const completed = await lab.job(
      {},
      [],
      atPhase('release/switch', phase, (controller) => controller.kill()),
    )
    expect(completed.paused).toBe(true)
    expect(['rolled-back', 'unchanged'], completed.log).toContain(completed.belay)
    expect(await lab.serves()).toBe('v1')
  })

  test.concurrent.for(['nginx', 'haproxy'] as const)(
    '%s: a request that is still with the old slot is counted when the drain ends, and answered',
    async (driver, context) => {
      const lab = await openSwitchFixture(context, driver)
      let open: Promise<string> | undefined
      const completed = await lab.job(
        { 'drain-timeout': '1s' },
        [],
        atPhase('release/switch', 'switch', async () => {
          const request = { headers: { connection: 'close' }, signal: AbortSignal.timeout(60_000) }
          open = fetch(`${lab.url}slow`, request).then((response) => response.text())
          await new Promise((resolve) => setTimeout(resolve, 500))
        }),
      )
      expect(completed.belay, completed.log).toBe('committed')
      expect(completed.job.steps[0]?.outputs['inflight-at-cutoff']).toBe('1')
      expect(hostsOf(completed)).toMatchObject([{ inflightAtCutoff: 1 }])
      expect(completed.log).toContain('1 connections to the old slot were still open after 1 s')
      lab.blue.release()
      expect(await open).toBe(shaOf('v1'))
    },
  )

  test.concurrent('a dead process on the host: the next run undoes the traffic first', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const completed = await lab.job(
      {},
      [],
      atPhase('release/switch', 'armed', async (controller) => {
        for (const { pid, args } of await lab.host.processes())
          if (args.includes('serve')) await lab.host.kill(pid, 'SIGKILL')
        controller.loseRunner()
      }),
    )
    expect(completed.result.conclusion).toBe('lost')
    expect(await lab.serves()).toBe('v2')
    lab.green.status = 500
    const next = await lab.job()
    expect(code(next), next.log).toBe('slot-unfit')
    expect(next.log).toContain('its traffic was restored first')
    expect(await lab.serves()).toBe('v1')
  })

  test.concurrent('a reboot before the confirm restores what is confirmed', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    await lab.job({}, [], loseRunnerOnceArmed('release/switch'))
    for (const { pid, args } of await lab.host.processes())
      if (args.includes('serve')) await lab.host.kill(pid, 'SIGKILL')
    await lab.host.run(['sh', `${base}/.belay/blue-green-switch.sh`, 'recover'])
    await lab.proxy.restart()
    expect(await lab.serves()).toBe('v1')
    expect(await lab.state()).toBe('undone')
  })
})

describeIf(whyNot)('what keeps traffic where it is', () => {
  test.concurrent('a slot that does not answer, or with another version', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx', 'v1')
    const other = await lab.job()
    expect(code(other), other.log).toBe('slot-unfit')
    expect(other.log).toContain(shaOf('v2'))
    expect(other.belay).toBe('unchanged')
    await lab.green.stop()
    const dead = await lab.job()
    expect(code(dead), dead.log).toBe('slot-unfit')
    expect(await lab.serves()).toBe('v1')
  })

  test.concurrent("a neighbour's broken vhost is found before anything changes", async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    await lab.host.write(`${(lab.proxy as TestNginx).neighbours}/broken.conf`, 'server { listen nonsense; }\n')
    const completed = await lab.job()
    expect(code(completed), completed.log).toBe('proxy-invalid')
    expect(completed.log).toContain('broken.conf')
    expect(await lab.serves()).toBe('v1')
  })

  test.concurrent('another file in the folder of the upstream, which nginx includes too: it is named', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    const { upstreamFolder } = lab.proxy as TestNginx
    await lab.host.write(`${upstreamFolder}/old.conf`, `server ${lab.host.address}:${lab.green.port} backup;\n`)
    const completed = await lab.job()
    expect(code(completed), completed.log).toBe('upstream-shared')
    expect(completed.log).toContain('holds old.conf')
    expect(completed.belay).toBe('unchanged')
  })

  test.concurrent('a file that nginx never loaded, and traffic that goes nowhere of ours', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    const { activeFile } = lab.proxy as TestNginx
    await new Promise((resolve) => setTimeout(resolve, 3500))
    await lab.host.write(activeFile, `server ${lab.host.address}:${lab.green.port};\n`)
    expect(code(await lab.job())).toBe('proxy-not-loaded')
    await lab.host.write(activeFile, 'server 127.0.0.1:9;\n')
    const foreign = await lab.job()
    expect(code(foreign), foreign.log).toBe('preflight')
    expect(foreign.log).toContain('none of the slots')
  })

  test.concurrent('a dry run, which says what would be', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const completed = await lab.job({ 'dry-run': 'true', weights: '5 50', hold: '4s' })
    expect(completed.log).toContain('first 5 %, 50 % for 4 s each')
    expect(completed.job.steps[0]?.outputs.active).toBe(String(lab.blue.port))
    expect(hostsOf(completed)).toMatchObject([{ state: 'unchanged', active: String(lab.blue.port) }])
    expect(await lab.serves()).toBe('v1')
    expect(await lab.host.exists(`${base}/switch`)).toBe(false)
  })
})

describeIf(whyNot)('what cannot go back', () => {
  test.concurrent('a file edited by hand during the release stays, and the way by hand is named (rule 5)', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    const { activeFile } = lab.proxy as TestNginx
    const edited = `server ${lab.host.address}:${lab.green.port}; # by hand\n`
    const [step, options] = duringStep(() => lab.host.write(activeFile, edited), 'exit 1')
    const completed = await lab.job({}, [step], options)
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.log).toContain('changed from outside')
    expect(completed.log).toContain('To roll back by hand: sed -i')
    expect(await lab.host.read(activeFile)).toBe(edited)
    expect(await lab.serves()).toBe('v2')
  })

  test.concurrent.for(['nginx', 'haproxy'] as const)(
    '%s: the old slot is dead: traffic stays with the new one',
    async (driver, context) => {
      const lab = await openSwitchFixture(context, driver)
      const [step, options] = duringStep(() => lab.blue.stop(), 'exit 1')
      const completed = await lab.job({}, [step], options)
      expect(completed.belay, completed.log).toBe('mixed')
      expect(completed.log).toContain(`traffic stays with slot ${lab.green.port}`)
      expect(await lab.serves()).toBe('v2')
      expect(await lab.state()).toBe('mixed')
    },
  )

  test.concurrent('a host that is cut off: both slots keep running, and it rolls back on its own', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    const cut = async () => {
      await lab.host.link.refuse(true)
      lab.host.link.cut()
    }
    const [step, options] = duringStep(cut, 'exit 1')
    const completed = await lab.job({ 'confirm-timeout': '12s' }, [step], options)
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.log).toContain('on its own when its confirm timeout expires')
    await waitFor('the countdown', 30, async () => (await lab.state()) === 'undone')
    expect(await lab.serves()).toBe('v1')
  })
})

describeIf(whyNot)('weights', () => {
  test.concurrent('rise step by step', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const client = startClient(lab.url)
    const well = await lab.job({ weights: '25 50', hold: '2s', 'drain-timeout': '1s' })
    expect(well.belay, well.log).toBe('committed')
    const phases = well.record.flatMap((line) => ('phase' in line ? [line.phase] : []))
    expect(phases.filter((phase) => phase.startsWith('weight'))).toEqual(['weight-25', 'weight-50', 'weight-100'])
    expect([...(await client.stop()).keys()].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
    expect((await lab.fixture.job('v9', [lab.step({ command: 'rollback' })])).belay).toBe('committed')
  })

  test.concurrent('fall back when the new slot fails its gate', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const failing = await lab.fixture.job(
      'v2',
      [lab.step({ weights: '25 50', hold: '6s' })],
      atPhase('release/switch', 'weight-25', () => {
        lab.green.version = 'something else'
      }),
    )
    expect(code(failing), failing.log).toBe('gate-failed')
    expect(failing.belay).toBe('rolled-back')
    expect(await lab.serves()).toBe('v1')
    // The outputs of a failed switch say where traffic is, not where it was to go.
    const [blue, green] = [String(lab.blue.port), String(lab.green.port)]
    expect(failing.job.steps[0]?.outputs).toMatchObject({ active: blue, previous: blue })
    expect(hostsOf(failing)).toMatchObject([{ state: 'rolled-back', active: blue }])
    expect(failing.log).toContain(`back in slot ${blue}`)
    expect(failing.log).not.toContain(`back in slot ${green}`)
  })
})

describeIf(canStartProxy('nginx'))('local', () => {
  test('the runner itself is the host, without a key', async (context) => {
    const folder = temporary(context)
    const fixture = await openFixture({ hosts: 0 })
    const [blue, green] = [await startSlot('127.0.0.1', shaOf('v1')), await startSlot('127.0.0.1', shaOf('v2'))]
    const nginx = await startNginx(undefined, { slot: blue.port })
    context.onTestFinished(async () => {
      await Promise.all([nginx.stop(), blue.stop(), green.stop(), fixture.close()])
    })
    const inputs = {
      hosts: 'local',
      service: 'shop',
      environment: 'qa',
      path: `${folder}/path`,
      slots: `${blue.port} ${green.port}`,
      upstream: nginx.upstreamFolder,
      proxy: `command:${nginx.control}`,
      check: 'http://127.0.0.1:{slot}/',
      retain: '0s',
    }
    const step = { id: 'switch', uses: '$/actions/blue-green-switch', with: inputs }
    const back = await fixture.job('v2', [step, { run: 'exit 1' }])
    expect(back.belay, back.log).toBe('rolled-back')
    const completed = await fixture.job('v2', [step])
    expect(completed.belay, completed.log).toBe('committed')
    expect(await ask(`http://127.0.0.1:${nginx.port}/`)).toBe(shaOf('v2'))
  })
})
