import type { RunResult, TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignments } from '../../../../packages/host/src/quote.ts'
import { script } from '../../src/script.ts'

export const base = '/srv/api/qa'
/** The suite works in the first one. */
export const slots = ['5201', '5202'] as const
const slot = slots[0]

/** `v1` and `v2` say a hundred lines and live; `ends` says so and ends, whenever it is started. */
export const releases = ['v1', 'v2', 'ends'] as const
export type Release = (typeof releases)[number]

/** A real host where one driver runs a service in two slots, all `releases` made there, and how it looks from outside. */
export interface DriverFixture {
  readonly host: TestHost
  /** r_… of the driver: its kind, what it is to run, and for a command how that is stopped. */
  readonly facts: Readonly<Record<string, string>>
  /** r_manifest of a release; the folder has it as its name does. */
  manifest(release: Release): string
  /** r_… with which a restart has to fail. */
  readonly wrong: Readonly<Record<string, string>>
  /** Whether it sees the processes of the service; without that `is_stable` is always true and `is_gone` never. */
  readonly sees: boolean
  /** Whether it can be certain that nothing runs in the slot. */
  readonly knowsStopped: boolean
  /** What `started_by_boot` answers. */
  readonly startedByBoot: boolean
  /** What identifies the process in the slot among those that may run there later; empty where nothing does. */
  running(): Promise<string>
  /** Whether the slot starts with the machine; undefined where that is not the driver's to say. */
  starts(): Promise<boolean | undefined>
  /** What it sets beside the link, where it does. */
  readonly beside?: {
    text(): Promise<string>
    files(): Promise<string[]>
    /** Somebody else changes what it set. */
    change(): Promise<void>
  }
  /** Takes more than one thing away that the driver needs; the codes that `missing` has to say. */
  lack?(): Promise<string[]>
  close(): Promise<void>
}

/** Shell functions of the suite: `tell WORD …` prints how a word ended, `begin` does what a release does up to its check. */
const helpers = `tell() { if "$@"; then printf '%s yes\\n' "$*"; else printf '%s no %s\\n' "$*" "$why"; fi; }
word() { driver "$@"; }
begin() {
  prepare_change && ln -sfn "../releases/$r_release" "$b_base/slots/$r_slot" && driver restart "$r_release"
}
await_loss() { for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do ! driver is_gone || break; sleep 1; done; }
`

/**
 * What driver.sh promises of each word, held against the real thing. Each `ask` is a shell of its own, as every process
 * of a release is: what a word needs of another one has to be on the host.
 */
export function keepsTheContract(open: () => Promise<DriverFixture>): void {
  let fixture: DriverFixture
  beforeAll(async () => {
    fixture = await open()
  }, 600_000)
  afterAll(() => fixture?.close(), 60_000)

  /** `where` is the slot that the words are about, or `both`, before one is chosen. */
  async function run(
    release: Release,
    lines: string,
    facts: Record<string, string> = {},
    where: 'slot' | 'both' = 'slot',
  ): Promise<RunResult> {
    const text = `${script.text}
b_base=${base}
layout
${assignments('r_', { ...shared(release), manifest: fixture.manifest(release), ...fixture.facts, ...facts })}work=$belay/work/${release}
mkdir -p "$work"
if found_facts=$(driver facts); then eval "$found_facts"; fi
${where === 'slot' ? `use_slot ${slot}` : ''}
why=''
${helpers}${lines}
`
    await fixture.host.write('/srv/contract.sh', text)
    // With the groups that a login gives.
    const login = ['/usr/bin/setpriv', '--reuid=deploy', '--regid=deploy', '--init-groups']
    const env = { HOME: '/home/deploy' }
    return fixture.host.run([...login, 'sh', '/srv/contract.sh'], { user: 'root', timeoutMs: 100_000, env })
  }
  /** What the lines printed. */
  async function ask(...asked: Parameters<typeof run>): Promise<string[]> {
    const { stdout, stderr, status } = await run(...asked)
    expect(status, stderr).toBe(0)
    return stdout.split('\n').filter(Boolean)
  }
  /** `facts` and `missing` are about both slots, so a release asks them before it chooses one. */
  const askOfBoth = (lines: string) => ask('v1', lines, {}, 'both')
  /** It ended badly and said why. */
  const because = (word: string) => expect.stringMatching(new RegExp(`^word ${word} no .*\\w`))
  const beside = async () => ({ text: await fixture.beside?.text(), files: await fixture.beside?.files() })
  /** The release runs in the slot. */
  async function placed(release: Release): Promise<string> {
    expect(await ask(release, 'tell begin; driver tidy')).toEqual(['begin yes'])
    await expect.poll(fixture.running, { timeout: 20_000 }).not.toBe('')
    return fixture.running()
  }

  test('facts are lines for the state file, the same each time; missing says nothing of a host that has all', async () => {
    const before = await beside()
    const facts = await askOfBoth('driver facts; driver facts')
    for (const line of facts) expect(line).toMatch(/^r_[a-z]+='[^']*'$/)
    expect(facts.slice(facts.length / 2)).toEqual(facts.slice(0, facts.length / 2))
    for (const line of await askOfBoth('driver missing')) expect(line).toMatch(/^@belay found \S/)
    expect(await beside()).toEqual(before)
    expect(await fixture.running()).toBe('')
  })

  test('a first release that goes back: nothing runs, nothing is left', async () => {
    const before = await beside()
    expect(await ask('v1', 'tell begin')).toEqual(['begin yes'])
    await expect.poll(fixture.running, { timeout: 20_000 }).not.toBe('')
    await ask('v1', `rm "${base}/slots/${slot}"`)
    expect(await ask('v1', "tell word restart ''; tell word restart ''; driver tidy; tell word tidy")).toEqual([
      'word restart  yes',
      'word restart  yes',
      'word tidy yes',
    ])
    expect(await fixture.running()).toBe('')
    expect(await beside()).toEqual(before)
  })

  test('prepare changes nothing that users notice, and tidy removes what it made', async () => {
    const running = await placed('v1')
    const before = await beside()
    expect(await ask('v2', 'tell prepare_change')).toEqual(['prepare_change yes'])
    expect(await fixture.running()).toBe(running)
    expect((await beside()).text).toEqual(before.text)
    expect(await ask('v2', 'tell word tidy; tell word tidy')).toEqual(['word tidy yes', 'word tidy yes'])
    expect(await beside()).toEqual(before)
    expect(await fixture.running()).toBe(running)
  })

  test('what runs is stable and not gone; what another restart began is not, until that is noted', async () => {
    const running = await placed('v1')
    const said = await ask(
      'v2',
      `driver snapshot; driver wait_stable; tell word is_stable; tell word is_stable; tell word was_seen; tell word is_gone
tell begin; tell word is_stable; tell word is_stable; tell word is_gone; driver tidy`,
    )
    expect(said).toEqual([
      ...[
        'word is_stable yes',
        'word is_stable yes',
        fixture.sees ? 'word was_seen yes' : expect.stringMatching(/^word was_seen no/),
        expect.stringMatching(/^word is_gone no/),
      ],
      ...['begin yes', fixture.sees ? because('is_stable') : 'word is_stable yes', 'word is_stable yes'],
      expect.stringMatching(/^word is_gone no/),
    ])
    expect(await fixture.running()).not.toBe(running)
  })

  test('a restart that fails says why, and restore leaves what was', async () => {
    const running = await placed('v1')
    const before = await beside()
    const lines = 'prepare_change; tell word restart v2; tell word restore; driver tidy'
    expect(await ask('v2', lines, fixture.wrong)).toEqual([because('restart v2'), 'word restore yes'])
    expect(await fixture.running()).toBe(running)
    expect(await beside()).toEqual(before)
  })

  test('one that ends whenever it is started is not stable, is gone, and has said why', async () => {
    const said = await ask(
      'ends',
      `begin || :; driver snapshot; driver wait_stable; tell word is_stable; ${fixture.sees ? 'await_loss; ' : ''}tell word is_gone; say_log_tail`,
    )
    const tail = said.filter((line) => !line.startsWith('word '))
    if (!fixture.sees) return expect(said).toEqual(['word is_stable yes', expect.stringMatching(/^word is_gone no/)])
    expect(said.slice(0, 2)).toEqual([because('is_stable'), 'word is_gone yes'])
    for (const line of tail) expect(line).toMatch(/^@belay tail /)
    expect(tail.join('\n')).toContain('ends: cannot start')
    await ask('ends', 'driver restore; driver tidy')
  })

  test('tail is the end of what it said: thirty lines, and then it ends itself', async () => {
    await placed('v1')
    if (!fixture.sees) return expect(await ask('v1', 'driver tail')).toEqual([])
    await expect.poll(() => ask('v1', 'driver tail'), { timeout: 20_000 }).toContain('line 100')
    const tail = await ask('v1', 'driver tail')
    expect(tail).toContain('line 99')
    expect(tail).not.toContain('line 60')
    expect(tail.length).toBeLessThanOrEqual(30)
  })

  test('stop may be asked twice; what runs is never taken for stopped', async () => {
    await placed('v1')
    expect(await ask('v1', 'tell word is_stopped')).toEqual([expect.stringMatching(/^word is_stopped no/)])
    expect(await ask('v1', 'tell word stop; tell word stop')).toEqual(['word stop yes', 'word stop yes'])
    expect(await fixture.running()).toBe('')
    const [stopped] = await ask('v1', 'tell word is_stopped')
    expect(stopped).toMatch(fixture.knowsStopped ? /^word is_stopped yes$/ : /^word is_stopped no/)
    expect(await fixture.starts()).not.toBe(true)
  })

  test('enable and disable may be asked twice, and do not touch what runs', async () => {
    const running = await placed('v1')
    const owned = (await fixture.starts()) !== undefined
    for (const [word, starts] of [
      ['enable', true],
      ['disable', false],
    ] as const) {
      expect(await ask('v1', `tell word ${word}; tell word ${word}`)).toEqual([`word ${word} yes`, `word ${word} yes`])
      expect(await fixture.starts()).toBe(owned ? starts : undefined)
      expect(await fixture.running()).toBe(running)
    }
  })

  test('started_by_boot says whether a boot comes first; where it does not, skip_boot takes the slot out of it', async () => {
    const [answer] = await ask('v1', 'tell word started_by_boot')
    expect(answer).toMatch(fixture.startedByBoot ? /^word started_by_boot yes$/ : /^word started_by_boot no/)
    await ask('v1', 'driver stop; driver enable')
    expect(await ask('v1', 'tell word skip_boot; tell word skip_boot')).toEqual([
      'word skip_boot yes',
      'word skip_boot yes',
    ])
    expect(await fixture.starts()).not.toBe(true)
    expect(await fixture.running()).toBe('')
  })

  test('restore: as it was, twice; a change from outside stays', async () => {
    await placed('v1')
    const before = await beside()
    await ask('v2', 'begin')
    expect(await ask('v2', 'tell word restore; tell word restore; driver tidy')).toEqual([
      'word restore yes',
      'word restore yes',
    ])
    expect(await beside()).toEqual(before)
    if (!fixture.beside) return
    await ask('v2', 'begin')
    await fixture.beside.change()
    const changed = await fixture.beside.text()
    expect(await ask('v2', 'tell word restore; driver tidy')).toEqual([because('restore')])
    expect(await fixture.beside.text()).toBe(changed)
  })

  test('missing names all that is missing at once, and facts the first of it', async () => {
    const codes = (await fixture.lack?.()) ?? []
    const said = await askOfBoth('driver missing')
    expect(said.map((line) => /^@belay missing (\S+) \S/.exec(line)?.[1])).toEqual(codes)
    const facts = await run('v1', 'driver facts', {}, 'both')
    expect(facts.status, facts.stdout).toBe(codes.length > 0 ? 1 : 0)
    if (codes.length > 0) expect(codes).toContain(facts.stdout.split(' ')[0])
  })
}

/** r_… that every release has. */
const shared = (release: Release) => ({
  release,
  previous: '',
  live: '',
  slots: slots.join(' '),
  slot,
  stop: '',
  activate: '',
  deactivate: '',
  check_kind: 'url',
  check: 'http://this-host:{slot}/health',
  check_timeout: 10,
})
