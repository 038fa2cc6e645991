import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SwitchValues } from '@belay/host/protocol'
import { canStartProxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { type Bases, openFilledBases } from './support/bases.ts'

/** v1 is in blue, which has the traffic; v2 was filled to green and committed there, and no switch has moved anything. */
async function filled(context: TestContext): Promise<Bases> {
  const bases = await openFilledBases(context)
  await bases.fill.hold('1-v2')
  expect(await bases.fill.arm('1-v2')).toMatchObject({ state: 'armed', changed: true })
  await bases.fill.confirm('1-v2')
  return bases
}

const held = (base: Bases['fill'], id: string, facts?: Partial<SwitchValues>) =>
  waitFor('the lock', 30, () =>
    base.hold(id, facts).then(
      () => true,
      () => false,
    ),
  )

describeIf(canStartProxy('nginx'))('a switch that has nothing to move', () => {
  test('marks the slots as the proxy has them, once, and runs no hook where they are marked so', async (context) => {
    const bases = await filled(context)
    const { traffic, blue, green, path, calls } = bases
    writeFileSync(join(path, 'slots', `${green.port}.state`), 'active\n')
    writeFileSync(join(path, 'slots', `${blue.port}.state`), 'idle\n')
    const before = calls().length
    await held(traffic, '2-noop', { sha: 'v1' })
    expect(await traffic.agree('2-noop')).toEqual([`${green.port} idle`, `${blue.port} active`])
    expect([bases.role(blue), bases.role(green)]).toEqual(['active', 'idle'])
    expect(calls().slice(before)).toEqual([`deactivate ${green.port}`, `activate ${blue.port}`])
    expect(await traffic.agree('2-noop')).toEqual([])
    expect(calls()).toHaveLength(before + 2)
    await traffic.undo('2-noop')
    expect([bases.role(blue), bases.role(green)]).toEqual(['active', 'idle'])
  })

  test('a slot whose hook fails is marked again by the next run', async (context) => {
    const bases = await filled(context)
    const { traffic, blue, path } = bases
    writeFileSync(join(path, 'slots', `${blue.port}.state`), 'idle\n')
    writeFileSync(join(path, '../activate'), '')
    await held(traffic, '2-noop', { sha: 'v1' })
    await expect(traffic.agree('2-noop')).rejects.toThrow('could not be made active')
    expect(bases.role(blue)).toBe('idle')
    rmSync(join(path, '../activate'))
    expect(await traffic.agree('2-noop')).toEqual([`${blue.port} active`])
  })

  test('is a failure where what has the traffic does not answer', async (context) => {
    const { traffic, blue } = await filled(context)
    blue.status = 500
    await held(traffic, '2-noop', { sha: 'v1' })
    await expect(traffic.agree('2-noop')).rejects.toThrow('and it has the traffic')
  })
})

describeIf(canStartProxy('nginx'))('where traffic goes', () => {
  test('is not known while the file says what nginx never loaded, and no slot is filled then', async (context) => {
    const { traffic, fill, nginx, blue, green, calls } = await filled(context)
    expect(await traffic.run('active')).toEqual({ status: 0, said: String(blue.port) })
    const served = readFileSync(nginx.activeFile, 'utf8')
    await new Promise((resolve) => setTimeout(resolve, 3500))
    writeFileSync(nginx.activeFile, served.replace(String(blue.port), String(green.port)))
    const asked = await traffic.run('active')
    expect(asked.status).toBe(1)
    expect(asked.said).toMatch(/active\.conf was changed after nginx was last reloaded, .* then reload nginx$/)
    const before = calls().length
    await waitFor('the lock', 30, async () =>
      (await fill.run('stop', String(green.port))).said.includes('it is not known whether traffic goes to slot'),
    )
    await expect(fill.hold('2-v3')).rejects.toThrow(/it is not known where traffic goes: .* then reload nginx/)
    expect(calls().slice(before)).toEqual([])
    writeFileSync(nginx.activeFile, served)
    await traffic.inside(`eval "$(cat '${traffic.base}/.belay/proxy')"; nginx_run reload`)
    await waitFor('nginx to serve it', 20, async () => (await traffic.run('active')).said === String(blue.port))
    await held(fill, '2-v3')
  })

  test('is not known where another file beside it moves traffic', async (context) => {
    const { traffic, fill, nginx, green } = await filled(context)
    const other = join(nginx.upstreamFolder, 'old.conf')
    writeFileSync(other, `server 127.0.0.1:${green.port};\n`)
    expect((await traffic.run('active')).said).toContain('holds old.conf, which nginx includes too')
    expect((await fill.run('stop', String(green.port))).status).toBe(1)
    renameSync(other, `${other}.off`)
    expect((await traffic.run('active')).status).toBe(0)
    expect(existsSync(other)).toBe(false)
  })
})

describeIf(canStartProxy('nginx'))('slots of other hosts, in the folder of deploy-ssh', () => {
  const placesOf = ({ blue, green }: Bases) => [`127.0.0.1:${blue.port}`, `127.0.0.1:${green.port}`]

  test('are no goal of a switch', async (context) => {
    const bases = await filled(context)
    const facts = { slots: placesOf(bases), check: 'http://{host}:{slot}/' }
    await waitFor('the lock', 30, async () => (await refusal(bases.traffic, facts)).includes('deploy-ssh releases to'))
  })

  test('do not say which port has traffic: none is filled or stopped', async (context) => {
    const bases = await filled(context)
    const { fill, blue, green, path } = bases
    const proxy = join(path, '.belay/proxy')
    const ports = `r_slots='${blue.port} ${green.port}'`
    writeFileSync(proxy, readFileSync(proxy, 'utf8').replace(ports, `r_slots='${placesOf(bases).join(' ')}'`))
    const because = `the proxy here sends traffic to 127.0.0.1:${blue.port}`
    await waitFor('the lock', 30, async () => (await fill.run('stop', String(green.port))).said.includes(because))
    expect(await refusal(fill)).toContain(`it is not known where traffic goes: ${because}`)
  })

  const refusal = (base: Bases['fill'], facts?: Partial<SwitchValues>) =>
    base.hold('2-other', facts).then(
      () => '',
      (error: Error) => error.message,
    )
})

describeIf(canStartProxy('nginx'))('how long the old slot is kept', () => {
  test('was noted by a clock that begins anew with each boot: after one it means nothing', async (context) => {
    const { traffic } = await filled(context)
    const look = (boot: string) =>
      traffic.inside(
        `write_atomic "$belay/warm" "$(cut -d. -f1 /proc/uptime) 000002-1-v2 ${boot}"; still_warm && echo warm`,
      )
    expect((await look('$(boot_id)')).said).toBe('warm')
    expect((await look('another')).said).toBe('')
    expect((await look('')).said).toBe('')
  })
})
