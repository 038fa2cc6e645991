// biome-ignore-all lint/style/noExcessiveLinesPerFile: all that slots and proxy can do to each other on one host, from one fixture
import { existsSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { type Base, type Bases, killServing, openBases, openFilledBases } from './support/bases.ts'

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

/** Waits until the lock is free. */
const held = (base: Base, id: string) =>
  waitFor('the lock', 30, () =>
    base.hold(id).then(
      () => true,
      () => false,
    ),
  )

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
    await held(traffic, '2-move')
    const before = calls().length
    await expect(fill.hold('3-v3')).rejects.toMatchObject({ code: 'lock-held' })
    expect(calls().slice(before)).toEqual([])
  })

  test('traffic is not moved while another job fills the slot', async (context) => {
    const { fill, traffic, slow } = await filled(context)
    await fill.confirm('1-v2')
    await held(fill, '2-v3')
    slow(6)
    const filling = fill.arm('2-v3')
    await waitFor('the start', 20, async () => fill.log().includes('phase restart'))
    await expect(traffic.hold('3-move')).rejects.toMatchObject({ code: 'lock-held' })
    expect(await filling).toMatchObject({ changed: true })
    await expect(traffic.hold('3-move')).rejects.toMatchObject({ code: 'lock-held' })
    // The job that filled it goes on.
    await traffic.hold('2-v3')
    await traffic.prove('2-v3')
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

describeIf(canStartProxy('nginx'))('a fill and a switch of one job are one transaction', () => {
  test('a switch that gives up before it moved anything leaves the fill armed, and may be tried again', async (context) => {
    const { fill, traffic, calls, serves, green } = await filled(context)
    await traffic.hold('1-v2')
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'released' })
    expect(newest(fill.states())).toBe('armed')
    expect(calls()).not.toContain(`stop ${green.port}`)
    await traffic.hold('1-v2')
    expect(await traffic.arm('1-v2')).toMatchObject({ state: 'armed', changed: true })
    expect(await serves()).toBe('v2')
  })

  test('a switch that fails undoes the fill too', async (context) => {
    const { fill, traffic, green, path, calls } = await filled(context)
    await traffic.hold('1-v2')
    green.status = 500
    expect((await traffic.arm('1-v2')).failed).toMatch(/^gate /)
    await waitFor('the end', 20, async () => newest(fill.states()) === 'undone')
    expect(existsSync(join(path, 'slots', String(green.port)))).toBe(false)
    expect(calls().at(-1)).toBe(`stop ${green.port}`)
  })

  test('a fill after the switch is refused: the idle slot is the one that the traffic may return to', async (context) => {
    const { fill, traffic, calls } = await filled(context)
    await fill.confirm('1-v2')
    await held(traffic, '2-move')
    await traffic.arm('2-move')
    const before = calls().length
    await expect(fill.hold('2-move')).rejects.toThrow('this job has moved the traffic already')
    expect(calls().slice(before)).toEqual([])
    expect(newest(traffic.states())).toBe('armed')
  })

  test('a fill that came to nothing does not hide where a switch that could not go back left the traffic', async (context) => {
    const { fill, traffic, blue, green, path, serves } = await moved(context)
    // As after the first switch of a host.
    rmSync(join(path, '.belay/proxy'))
    await blue.stop()
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'mixed' })
    await held(fill, '2-v3')
    expect((await fill.arm('2-v3')).failed).toMatch(/^check /)
    await waitFor('its undo', 20, async () => newest(fill.states()) === 'undone')
    const stopped = await fill.run('stop', String(green.port))
    expect(stopped).toMatchObject({ status: 1, said: expect.stringContaining(`traffic goes to slot ${green.port}`) })
    expect(await serves()).toBe('v2')
  })

  test('a recovery ends a change that goes on without its process', async (context) => {
    const { fill, slow, calls, path, green } = await openFilledBases(context)
    slow(4)
    await fill.hold('1-v2')
    const arming = fill.arm('1-v2').catch(() => undefined)
    await waitFor('the start', 20, async () => fill.log().includes('phase restart'))
    await killServing(path, ['serve'])
    await fill.run('recover', 'restart')
    expect(newest(fill.states())).toBe('undone')
    await new Promise((resolve) => setTimeout(resolve, 5000))
    expect(calls()).toEqual([`stop ${green.port}`])
    await arming
  })

  test('one confirm confirms both', async (context) => {
    const { fill, traffic } = await moved(context)
    expect(await traffic.confirm('1-v2')).toMatchObject({ state: 'confirmed' })
    expect(await fill.confirm('1-v2')).toMatchObject({ state: 'confirmed' })
    expect(newest(fill.states())).toBe('confirmed')
  })

  test.for([
    ['shorter', 300, 4, 'undone', 'v1'],
    ['longer', 4, 300, 'armed', 'v2'],
  ] as const)('the confirm timeout of the switch replaces that of the fill: %s (rule 6)', async (row, context) => {
    const [, ofFill, ofSwitch, state, version] = row
    const { fill, traffic, serves } = await openFilledBases(context)
    await fill.hold('1-v2')
    await fill.arm('1-v2', ofFill)
    await traffic.hold('1-v2')
    await traffic.arm('1-v2', ofSwitch)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    await waitFor(state, 30, async () => newest(fill.states()) === state)
    expect(await serves()).toBe(version)
  })

  test('an undo that was killed after the traffic was back is completed by the next release', async (context) => {
    const { fill, traffic, kill, serves, green, path } = await moved(context)
    await kill()
    await traffic.inside(
      'find_latest; load "$name"; open_lock; transition "$name" armed undoing x; kind=move; undo_one undo',
    )
    expect(await serves()).toBe('v1')
    expect(existsSync(join(path, 'slots', String(green.port)))).toBe(true)
    await fill.hold('2-v3')
    expect(fill.states()).toContain('undone')
    expect(existsSync(join(path, 'slots', String(green.port)))).toBe(false)
    expect(await serves()).toBe('v1')
  })

  test('a fill that is asked for its own undo after the switch went back says what became of it', async (context) => {
    const { fill, traffic } = await moved(context)
    expect(await traffic.undo('1-v2')).toMatchObject({ state: 'undone' })
    expect(await fill.undo('1-v2')).toMatchObject({ state: 'undone' })
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
  test('a proxy that cannot be asked at that moment is asked again', async (context) => {
    const { fill, nginx, serves } = await moved(context)
    renameSync(nginx.activeFile, `${nginx.activeFile}.away`)
    fill.end('1-v2')
    await new Promise((resolve) => setTimeout(resolve, 4000))
    expect(newest(fill.states())).toBe('undoing')
    renameSync(`${nginx.activeFile}.away`, nginx.activeFile)
    await waitFor('it to end', 30, async () => newest(fill.states()) !== 'undoing')
    expect(newest(fill.states()), fill.log()).toBe('undone')
    expect(await serves()).toBe('v1')
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
    // The traffic first, then the slot that has none any more.
    expect(bases.calls().slice(-2)).toEqual([`activate ${blue.port}`, `stop ${green.port}`])
  })

  test('where traffic has to stay with the new slot, that one is marked active', async (context) => {
    const bases = await filled(context)
    const { traffic, blue, green, path, serves } = bases
    // Its hook fails the first time, and by then the old slot is dead.
    writeFileSync(join(path, '../activate'), '')
    await traffic.hold('1-v2')
    const control = traffic.arm('1-v2')
    await waitFor('the move', 30, async () => (await serves()) === 'v2')
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

describeIf(canStartProxy('nginx'))('changes that were written before there were slots', () => {
  test('are read, settled and gone on from', async (context) => {
    const { fill, green, kill, path } = await openFilledBases(context)
    await fill.hold('1-v2')
    await kill()
    // What slots brought is not in it.
    const name = '000002-1-v2'
    const change = join(path, '.belay/changes', `${name}.release`)
    const text = readFileSync(change, 'utf8')
    const former = text.split('\n').filter((line) => !/^r_(slots?|schema|stop|activate|deactivate)=/.test(line))
    writeFileSync(change, former.join('\n'))
    renameSync(join(path, '.belay/states', `${name}.held`), join(path, '.belay/states', `${name}.armed`))
    await fill.hold('2-v3')
    expect(fill.states()).toBe('undone held')
    expect(await fill.arm('2-v3')).toMatchObject({ changed: true })
    expect(readlinkSync(join(path, 'slots', String(green.port)))).toBe('../releases/2-v3')
  })
})
