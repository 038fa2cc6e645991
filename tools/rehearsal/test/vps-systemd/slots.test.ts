import type { LoadReport } from '@belay/load'
import type { TestHost } from '@belay/test-hosts'
import { describe, expect, test } from 'vitest'
import { v1, v2 } from '../../src/version.ts'
import { type Service, services } from '../../src/vps-systemd/services.ts'
import { type SeenSlots, slotProblems } from '../../src/vps-systemd/slots.ts'
import { trafficProblems } from '../../src/vps-systemd/traffic.ts'

const host = { name: 'host-1' } as TestHost
const [service] = services as [Service]
const active = { port: '5001', sha: v1.sha, content: v1.sha, role: 'active' }
const stopped = { port: '5011', sha: undefined, content: undefined, role: 'idle' }
const good = { host, service, routed: ['5001'], served: v1.sha, slots: [active, stopped], locked: [], open: [] }

describe('problems of two slots', () => {
  test.each<[string, Partial<SeenSlots>, RegExp[]]>([
    ['nothing', {}, []],
    ['users get another version', { served: v2.sha }, [/what users .* get must be 4f0c/]],
    [
      'nothing answers behind nginx',
      { served: undefined },
      [/must be 4f0c1d7e92b35a6884d1e0f7c3b2a59614d8e7f0, but nothing answers$/],
    ],
    ['nginx routes to both', { routed: ['5001', '5011'] }, [/to one slot, not "5001 5011"/]],
    [
      'the state file of the active slot says idle',
      { slots: [{ ...active, role: 'idle' }, stopped] },
      [/has the traffic, but its state file says idle/],
    ],
    [
      'the idle slot still runs',
      { slots: [active, { ...stopped, sha: v2.sha }] },
      [/must be stopped, but answers b83e/],
    ],
    [
      'the state file of the idle slot says active',
      { slots: [active, { ...stopped, role: 'active' }] },
      [/has no traffic, but its state file says active/],
    ],
    [
      'its link leads to another release',
      { slots: [{ ...active, content: v2.sha }, stopped] },
      [/the release behind the link of slot 5001/],
    ],
    ['locks and states', { locked: ['/srv/x'], open: ['1.armed'] }, [/\/srv\/x is still/, /1\.armed/]],
  ])('%s', (_, seen, messages) => {
    const problems = slotProblems({ ...good, ...seen }, { version: v1, idleStopped: true })
    expect(problems).toHaveLength(messages.length)
    for (const [index, message] of messages.entries()) expect(problems[index]).toMatch(message)
  })

  test('a slot may keep running after a commit, and nothing may answer if nothing was released', () => {
    const warm = { ...good, slots: [active, { ...stopped, sha: v2.sha }] }
    expect(slotProblems(warm, { version: v1, idleStopped: false })).toEqual([])
    expect(slotProblems(warm, { version: undefined, idleStopped: false })).toEqual([
      expect.stringContaining('slot 5001'),
      expect.stringContaining('slot 5011'),
    ])
  })
})

describe('what users should not have seen', () => {
  const seen = (version: string) => ({ version, from: 0, to: 1, count: 3 })
  const report = { sent: 9, answered: 9, failed: [], versions: [seen(v1.sha)], latestMs: 4 } as unknown as LoadReport
  const problems = (more: Partial<LoadReport>) =>
    trafficProblems({ host, service, report: { ...report, ...more } }, [v1]).map((text) => text.slice(0, 60))

  test.each<[Partial<LoadReport>, RegExp | undefined]>([
    [{}, undefined],
    [{ failed: [{ atMs: 1200, status: 502, reused: false }] }, /^1 of 9 requests .* failed: 1 × HTTP 502/],
    [{ versions: [seen(v2.sha)] }, /^users of acme-api on host-1 saw b83e/],
    [{ sent: 0 }, /^no request was sent to acme-api on host-1/],
    [{ latestMs: 6000 }, /^the client of .* was blocked for 6\.0 s/],
  ])('%j', (more, message) => {
    if (message) expect(problems(more)).toEqual([expect.stringMatching(message)])
    else expect(problems(more)).toEqual([])
  })
})
