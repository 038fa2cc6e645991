import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

describeIf(canStartHosts())('a confirmed release', () => {
  test('leaves on its host what people read of the job, and nothing that only the job needs', async (context) => {
    const fixture = await openFixture({ hosts: 1 })
    context.onTestFinished(() => fixture.close())
    const [host] = fixture.hosts
    if (!host) throw new Error('no host was started')
    const step = fixture.deploy('api', await fixture.release('api', 'v1'), { version: 'v1' })
    const { belay, record, log } = await fixture.job('v1', [step])
    expect(belay, log).toBe('committed')

    const folder = '/srv/api/qa/.belay/records'
    const { stdout } = await host.run(['ls', folder])
    const text = (await host.read(`${folder}/${stdout.trim()}`)) ?? ''
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    // It is sent with the confirm, whose outcome follows.
    expect(lines).toEqual(record.slice(0, lines.length))
    expect(record.slice(lines.length).map(({ event }) => event)).toEqual(['outcome', 'result'])
    expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['step-began', 'phase', 'armed', 'decided']))
    expect(text).not.toMatch(/handle|knownHosts|nonce|undo|returnsAt|"saved"|"connected"/)
  })
})
