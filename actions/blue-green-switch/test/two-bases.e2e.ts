// biome-ignore-all lint/style/noExcessiveLinesPerFile: all that slots and proxy can do to each other on one host, from one fixture
import { existsSync, readFileSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { type Bases, openBases, openFilledBases } from './support/bases.ts'

/** v2 is filled to green and armed there. */
async function filled(context: TestContext): Promise<Bases> {
  const bases = await openFilledBases(context)
  await bases.fill.hold('1-v2')
  expect(await bases.fill.arm('1-v2')).toMatchObject({ state: 'armed', changed: true })
  return bases
}

/** And the traffic has been moved to it, armed too. */
async function moved(context: TestContext): Promise<Bases> {
  const bases = await filled(context)
  await bases.traffic.hold('1-v2')
  await bases.traffic.prove('1-v2')
  expect(await bases.traffic.arm('1-v2')).toMatchObject({ state: 'armed', changed: true })
  expect(await bases.serves()).toBe('v2')
  return bases
}

const newest = (states: string) => states.split(' ').at(-1)

describeIf(canStartProxy('nginx'))('the processes of a fill and of a switch', () => {
  test('a slot that dies between its proof and the move gets no traffic', async (context) => {
    const { traffic, green, serves } = await filled(context)
    await traffic.hold('1-v2')
    await traffic.prove('1-v2')
    green.status = 500
    const state = await traffic.arm('1-v2')
    expect(state.failed).toMatch(/^gate .*does not pass its check/)
    expect(await serves()).toBe('v1')
    expect(newest(traffic.states())).toBe('undone')
    expect(traffic.log()).not.toContain('weight-100')
  })

  test('a slot is not filled while another job is about to move the traffic there', async (context) => {
    const { fill, traffic, calls } = await filled(context)
    await fill.confirm('1-v2')
    await waitFor('the lock', 30, () =>
      fill.hold('2-v3').then(
        () => true,
        () => false,
      ),
    )
    await traffic.hold('1-v2')
    const before = calls().length
    const state = await fill.arm('2-v3')
    expect(state.failed).toContain('a switch of its traffic is under way')
    expect(calls().slice(before)).toEqual([])
  })

  test('a slot is not proved while another job fills it', async (context) => {
    const { fill, traffic, slow } = await filled(context)
    await fill.confirm('1-v2')
    await waitFor('the lock', 30, () =>
      fill.hold('2-v3').then(
        () => true,
        () => false,
      ),
    )
    slow(6)
    const filling = fill.arm('2-v3')
    await waitFor('the start', 20, async () => fill.log().includes('phase restart'))
    await traffic.hold('1-v2')
    await expect(traffic.prove('1-v2')).rejects.toThrow('a release is at work in slot')
    expect(await filling).toMatchObject({ changed: true })
    await traffic.prove('1-v2')
  })

  test('the timer that stops the old slot stops that release and no other', async (context) => {
    const { fill, green, calls } = await filled(context)
    await fill.confirm('1-v2')
    expect(await fill.run('stop', String(green.port), '0-old')).toMatchObject({ status: 1 })
    expect(calls()).not.toContain(`stop ${green.port}`)
    expect(await fill.run('stop', String(green.port), '1-v2')).toMatchObject({ status: 0 })
    expect(calls()).toContain(`stop ${green.port}`)
  })

  test('a confirm that comes while the next one settles a dead process has decided (rule 9)', async (context) => {
    const { fill, traffic, kill, serves } = await moved(context)
    await kill()
    for (const base of [fill, traffic]) {
      const { said } = await base.inside(
        'kill_orphans() { mv -f "$states/$1.armed" "$states/$1.confirmed"; }; recover_dead',
      )
      expect(said).toBe('')
      expect(newest(base.states())).toBe('confirmed')
      expect(base.log()).not.toContain('going back')
    }
    expect(await serves()).toBe('v2')
  })

  test('a confirm that comes while a boot settles has decided too (rule 9)', async (context) => {
    const { traffic, kill, serves } = await moved(context)
    await kill()
    const confirmed =
      'load() { mv -f "$states/$1.armed" "$states/$1.confirmed"; state=armed work=$belay/work/$1 r_who=; }'
    await traffic.inside(`read_state "$states"/*.armed; flock() { :; }; ${confirmed}; cmd_recover restart`)
    expect(newest(traffic.states())).toBe('confirmed')
    expect(await serves()).toBe('v2')
  })
})

describeIf(canStartProxy('nginx'))('a confirm by hand', () => {
  test('that comes while connections are still drained leaves the lock where it is until they are', async (context) => {
    const { traffic, blue, nginx, serves } = await filled(context)
    const slow = fetch(`http://127.0.0.1:${nginx.port}/slow`, { signal: AbortSignal.timeout(60_000) })
    await traffic.hold('1-v2', { drainTimeout: 60 })
    const arming = traffic.arm('1-v2')
    await waitFor('the move', 20, async () => (await serves()) === 'v2')
    const states = join(traffic.base, '.belay/states')
    renameSync(join(states, '000002-1-v2.armed'), join(states, '000002-1-v2.confirmed'))
    await new Promise((resolve) => setTimeout(resolve, 2000))
    await expect(traffic.hold('2-v3')).rejects.toThrow('wait until it ends')
    blue.release()
    expect(await (await slow).text()).toBe('v1')
    await waitFor('the lock', 30, () =>
      traffic.hold('2-v3').then(
        () => true,
        () => false,
      ),
    )
    expect(traffic.log()).toContain('phase drained 0')
    await arming
  })
})

describeIf(canStartProxy('nginx'))('after a reboot with both open', () => {
  test('both recovery units at once: traffic is back, and the slots are marked so', async (context) => {
    for (const first of ['fill', 'traffic'] as const) {
      const bases = await moved(context)
      const { fill, traffic, kill, blue, green, nginx, path, serves } = bases
      expect([bases.role(blue), bases.role(green)]).toEqual(['idle', 'active'])
      await kill()
      const units = [bases[first], first === 'fill' ? traffic : fill].map((base) => base.run('recover'))
      await Promise.all(units)
      await nginx.restart()
      expect([newest(fill.states()), newest(traffic.states())], fill.log()).toEqual(['undone', 'undone'])
      expect(await serves()).toBe('v1')
      expect([bases.role(blue), bases.role(green)]).toEqual(['active', 'idle'])
      expect(existsSync(join(path, 'slots', String(green.port)))).toBe(false)
    }
  })

  test('the unit of the proxy ends only when what another one began is done', async (context) => {
    const { traffic, kill, serves, nginx } = await moved(context)
    await kill()
    const slow = 'nginx_tidy() { :; }; nginx_known() { sleep 4; }; cmd_recover ""'
    const other = traffic.inside(slow)
    await waitFor('it to begin', 20, async () => newest(traffic.states()) === 'undoing')
    await traffic.run('recover')
    expect(newest(traffic.states())).toBe('undone')
    await nginx.restart()
    expect(await serves()).toBe('v1')
    await other
  })

  test('a proxy that runs already is reloaded', async (context) => {
    const { fill, kill, serves } = await moved(context)
    await kill()
    await fill.run('recover')
    await waitFor('the reload', 20, async () => (await serves()) === 'v1')
  })
})

describeIf(canStartProxy('nginx'))('the end of a fill whose runner was lost', () => {
  test('what a switch confirmed stays, whatever came to nothing after it', async (context) => {
    const { fill, traffic } = await moved(context)
    await traffic.confirm('1-v2')
    await waitFor('the lock', 30, () =>
      traffic.hold('2-noop').then(
        () => true,
        () => false,
      ),
    )
    await traffic.undo('2-noop')
    expect(traffic.states()).toContain('confirmed released')
    fill.end('1-v2')
    await waitFor('it to end', 30, async () => newest(fill.states()) !== 'armed')
    expect(newest(fill.states()), fill.log()).toBe('confirmed')
  })

  test('a proxy that cannot be asked at that moment is asked again', async (context) => {
    const { fill, traffic, nginx } = await moved(context)
    await traffic.confirm('1-v2')
    renameSync(nginx.activeFile, `${nginx.activeFile}.away`)
    fill.end('1-v2')
    await new Promise((resolve) => setTimeout(resolve, 4000))
    renameSync(`${nginx.activeFile}.away`, nginx.activeFile)
    await waitFor('it to end', 30, async () => newest(fill.states()) !== 'armed')
    expect(newest(fill.states()), fill.log()).toBe('confirmed')
  })
})

describeIf(canStartProxy('nginx'))('the undo of a switch', () => {
  test('has nothing to do where nginx refused before anything was done', async (context) => {
    const { traffic, nginx, serves } = await filled(context)
    await traffic.hold('1-v2')
    await traffic.prove('1-v2')
    writeFileSync(join(nginx.neighbours, 'broken.conf'), 'server { listen nonsense; }\n')
    expect((await traffic.arm('1-v2')).failed).toMatch(/^apply nginx would not load its configuration: .*broken.conf/)
    await waitFor('the end', 30, async () => newest(traffic.states()) === 'undone')
    expect(await serves()).toBe('v1')
  })

  test('a proxy that is away for a moment is waited for', async (context) => {
    const { traffic, nginx, serves } = await moved(context)
    renameSync(nginx.activeFile, `${nginx.activeFile}.away`)
    setTimeout(() => renameSync(`${nginx.activeFile}.away`, nginx.activeFile), 3000)
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'undone' })
    expect(await serves()).toBe('v1')
  })

  test('an undo marks the old slot active, although the new one is dead and its hook fails', async (context) => {
    const bases = await moved(context)
    const { traffic, blue, green, path } = bases
    writeFileSync(join(path, '../deactivate'), '')
    green.status = 500
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'undone' })
    expect([bases.role(blue), bases.role(green)]).toEqual(['active', 'idle'])
    expect(bases.calls().at(-1)).toBe(`activate ${blue.port}`)
  })

  test('where traffic has to stay with the new slot, that one is marked active', async (context) => {
    const bases = await filled(context)
    const { traffic, blue, green, path, serves } = bases
    // Its hook fails the first time, and by then the old slot is dead.
    writeFileSync(join(path, '../activate'), '')
    await traffic.hold('1-v2')
    const control = traffic.arm('1-v2')
    await waitFor('the move', 10, async () => (await serves()) === 'v2')
    blue.status = 500
    await control
    await waitFor('the end', 20, async () => newest(traffic.states()) === 'mixed')
    expect(await serves()).toBe('v2')
    expect([bases.role(blue), bases.role(green)]).toEqual(['idle', 'active'])
  })

  test('no room anywhere: the undo needs none', async (context) => {
    const bases = await moved(context)
    await bases.kill()
    await bases.traffic.inside(
      'ln() { return 1; }; cp() { return 1; }; write_atomic() { return 1; }; open_lock; recover_dead',
    )
    expect(newest(bases.traffic.states()), bases.traffic.log()).toBe('undone')
    expect(await bases.serves()).toBe('v1')
  })

  test('an old slot that now holds another release gets no traffic: that one is not verified', async (context) => {
    const { traffic, path, blue, serves } = await moved(context)
    const link = join(path, 'slots', String(blue.port))
    symlinkSync('../releases/1-v2', `${link}.new`)
    renameSync(`${link}.new`, link)
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'mixed' })
    expect(traffic.log()).toContain('now holds 1-v2, not 0-v1')
    expect(await serves()).toBe('v2')
  })

  test('an old slot that had crashed before the switch gets no traffic back', async (context) => {
    const { traffic, blue, serves } = await filled(context)
    await blue.stop()
    await traffic.hold('1-v2')
    expect(await traffic.arm('1-v2')).toMatchObject({ changed: true })
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'mixed' })
    expect(await serves()).toBe('v2')
  })

  test('a reload that is refused after the rename leaves the file as it was, byte for byte', async (context) => {
    let lines = ''
    const bases = await openBases(context, (nginx) => {
      const control = `${nginx.folder}/control-twice`
      const count = `n=$(cat '${nginx.folder}/n' 2>/dev/null || echo 0); echo $((n + 1)) >'${nginx.folder}/n'`
      // Its second look at the configuration finds that something is wrong.
      const text = `#!/bin/sh\ncase $1 in validate) ${count}; [ "$n" != 1 ] || { echo emerg; exit 1; } ;; esac\nexec ${nginx.control} "$1"\n`
      writeFileSync(control, text, { mode: 0o755 })
      return control
    })
    const { traffic, nginx, serves } = bases
    lines = readFileSync(nginx.activeFile, 'utf8').replace('\n', '\r\n')
    writeFileSync(nginx.activeFile, `${lines}# Windows\r\n`)
    await traffic.hold('1-v2')
    const state = await traffic.arm('1-v2')
    expect(state.failed).toContain('apply nginx would not load')
    expect(readFileSync(nginx.activeFile, 'utf8')).toBe(`${lines}# Windows\r\n`)
    expect(newest(traffic.states()), traffic.log()).toBe('undone')
    expect(await serves()).toBe('v1')
  })
})

describeIf(canStartProxy('nginx'))('states that were written before there were slots', () => {
  test('are read, settled and gone on from', async (context) => {
    const { fill, green, kill, path } = await openFilledBases(context)
    await fill.hold('1-v2')
    await kill()
    // What slots brought is not in it.
    const states = join(path, '.belay/states')
    const name = '000001-1-v2'
    const text = readFileSync(join(states, `${name}.held`), 'utf8')
    const former = text.split('\n').filter((line) => !/^r_(slots?|schema|stop|activate|deactivate)=/.test(line))
    writeFileSync(join(states, `${name}.armed`), former.join('\n'))
    renameSync(join(states, `${name}.held`), join(path, 'held'))
    await fill.hold('2-v3')
    expect(fill.states()).toBe('undone held')
    expect(await fill.arm('2-v3')).toMatchObject({ changed: true })
    expect(readlinkSync(join(path, 'slots', String(green.port)))).toBe('../releases/2-v3')
  })
})
