import { describe, expect, test } from 'vitest'
import { type Recheck, recheckAdmission } from '../src/admission.ts'

const sha = (name: string) => Buffer.from(name).toString('hex').padEnd(40, '0')
/** What is said of a host: the version that was committed there last. */
const host = (version: string, name = 'web1') => ({
  host: name,
  committed: version && `id-of-${version}`,
  version,
  sha: version && sha(version),
})
const until = '2026-11-23T07:00:00.000Z'
const before = new Date('2026-11-23T06:59:59Z')
const after = new Date(until)

/** `v1.4.2`, admitted against this version, with these hosts under the lock. */
function again(live: string, versions: string[], { asked = 'v1.4.2', closes = '', now = after } = {}): Recheck {
  const admitted = {
    service: 'api',
    environment: 'production',
    version: asked,
    sha: sha(asked),
    way: 'deploy' as const,
    ...(live && { live: { version: live, sha: sha(live) } }),
    ...(closes && { until: closes }),
  }
  const hosts = versions.map((version, index) => host(version, `web${index + 1}`))
  return recheckAdmission(admitted, { version: asked, sha: sha(asked) }, hosts, now)
}
const word = (verdict: Recheck) => (verdict.is === 'refused' ? verdict.code : verdict.is)

describe('under the lock', () => {
  test.each<[string, string, string[], string]>([
    ['the hosts have what was admitted', 'v1.4.1', ['v1.4.1', 'v1.4.1'], 'go'],
    ['the hosts have this very release', 'v1.4.1', ['v1.4.2', 'v1.4.2'], 'go'],
    ['some have it, some what was admitted', 'v1.4.1', ['v1.4.1', 'v1.4.2'], 'go'],
    ['one host was rebuilt', 'v1.4.1', ['v1.4.1', ''], 'go'],
    ['all were', 'v1.4.1', ['', ''], 'go'],
    ['nothing was live, and nothing is there', '', ['', ''], 'go'],
    ['a newer version came between', 'v1.4.1', ['v1.4.3', 'v1.4.3'], 'superseded'],
    ['a newer version came to one of them', 'v1.4.1', ['v1.4.1', 'v1.4.3'], 'superseded'],
    ['numbers count as numbers', 'v1.4.1', ['v1.4.10'], 'superseded'],
    ['the same version came, of another commit', 'v1.4.1', ['v1.4.2+build.7'], 'admission-outdated'],
    ['a newer version came, where GitHub knew nothing', '', ['v1.4.3'], 'superseded'],
    ['an older version came, where GitHub knew nothing', '', ['v1.4.0'], 'go'],
    ['another run rolled back since', 'v1.4.1', ['v1.4.0', 'v1.4.0'], 'admission-outdated'],
    ['somebody went back, and another host was rebuilt', 'v1.4.1', ['v1.4.0', ''], 'admission-outdated'],
    ['one host was left behind', 'v1.4.1', ['v1.4.1', 'v1.4.0'], 'go'],
    ['other hosts had this release before', 'v1.4.2', ['v1.4.1', 'v1.4.1'], 'go'],
    ['a commit without a version came', 'v1.4.1', ['3f2a9c1b7d04'], 'admission-outdated'],
  ])('%s', (_, live, versions, expected) => {
    expect(word(again(live, versions))).toBe(expected)
  })

  test('names that are no versions are neither newer nor older', () => {
    expect(word(again('v1.4.1', ['v1.4.3'], { asked: 'nightly' }))).toBe('admission-outdated')
  })

  test('who was quicker is named, with what to do', () => {
    expect(again('v1.4.1', ['v1.4.1', 'v1.4.3'])).toEqual({ is: 'superseded', by: 'v1.4.3 (id-of-v1.4.3)' })
    expect(again('v1.4.1', ['v1.4.0'])).toMatchObject({
      why: 'v1.4.2 was admitted against v1.4.1, but v1.4.0 (id-of-v1.4.0) is now committed on web1. Nothing was changed on the hosts.',
      remedy: expect.stringContaining('run the release again'),
    })
  })

  test.each<[string, string[], string, Date, string]>([
    ['that has not closed', ['v1.4.1'], until, before, 'go'],
    ['that has closed', ['v1.4.1'], until, after, 'outside-window'],
    ['that has closed, where this release is there already', ['v1.4.2', 'v1.4.2'], until, after, 'go'],
    ['that has closed, where a newer one is there', ['v1.4.3'], until, after, 'superseded'],
    ['that was not needed', ['v1.4.1'], '', after, 'go'],
  ])('a window %s', (_, versions, closes, now, expected) => {
    expect(word(again('v1.4.1', versions, { closes, now }))).toBe(expected)
  })
})
