import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostFacts } from '@belay/host'
import { describe, expect, test } from 'vitest'
import type { DeployInputs } from '../src/inputs.ts'
import { assertReady, preflightFindings, sudoLines } from '../src/preflight.ts'

const inputs = {
  release: { service: 'api', environment: 'qa' },
  path: '/srv/api/qa',
  slots: [],
  restart: { kind: 'systemd', unit: 'api-qa' },
  check: { kind: 'url', url: 'http://localhost/' },
} as unknown as DeployInputs

const sudo = ['Sudoers entry:', 'RunAsUsers: root', 'Options: !authenticate', 'Commands:', '/usr/bin/systemctl']
const systemd: NonNullable<HostFacts['systemd']> = {
  unitLoad: 'loaded',
  killsProcesses: false,
  recovery: 'unit',
  sudo,
}
const tools = 'flock rsync readlink sed grep cut tr df tail ln mv id curl systemctl'.split(' ')

function facts(seen: Partial<HostFacts> = {}): HostFacts {
  return {
    host: 'deploy@web1',
    user: 'deploy',
    root: false,
    tools: new Set(tools),
    exists: true,
    readOnly: [],
    freeKib: 1_000_000,
    prunableKib: 0,
    freeInodes: 1_000_000,
    current: 'link',
    live: 'releases/old',
    committed: 'old',
    version: 'v1',
    releases: [],
    newest: '',
    state: '',
    lock: { held: false, holder: '', endsInSeconds: 0 },
    slots: [],
    idle: { code: '', why: '' },
    compatibilityLimits: [],
    incompatibility: '',
    systemd,
    missing: [],
    notes: [],
    doubts: [],
    ...seen,
  }
}
const without = (...gone: string[]) => new Set(tools.filter((tool) => !gone.includes(tool)))
const found = (seen: Partial<HostFacts>, changed: Partial<DeployInputs> = {}, kib = 1000) =>
  preflightFindings(facts(seen), { ...inputs, ...changed }, kib).map(({ code, notice }) =>
    notice ? `(${code})` : code,
  )

describe('what a host lacks', () => {
  test.each<[string, Partial<HostFacts>, string[]]>([
    ['nothing', {}, []],
    ['rsync', { tools: without('rsync') }, ['rsync-missing']],
    ['flock', { tools: without('flock') }, ['tools-missing']],
    ['curl and wget', { tools: without('curl') }, ['tools-missing']],
    [
      'folders it may write to',
      { readOnly: ['/srv/api/qa', '/srv/api/qa/releases'] },
      ['path-not-writable', 'path-not-writable'],
    ],
    ['a current that is a link', { current: 'other', live: '' }, ['current-not-a-link']],
    ['a current of Belay’s', { live: '/opt/api' }, ['current-outside']],
    ['room for the upload', { freeKib: 30_000 }, ['disk-full']],
    ['inodes', { freeInodes: 10 }, ['disk-full']],
    ['the unit', { systemd: { ...systemd, unitLoad: 'not-found' } }, ['unit-missing']],
    ['every sudo line, the undo’s included', { systemd: { ...systemd, sudo: [] } }, ['sudo', 'sudo', 'sudo']],
    ['a login whose processes outlive it', { systemd: { ...systemd, killsProcesses: true } }, ['kills-processes']],
    ['something that catches a reboot', { systemd: { ...systemd, recovery: 'none' } }, ['(no-recovery)']],
    [
      'all of it at once',
      {
        tools: without('rsync', 'flock'),
        readOnly: ['/srv'],
        current: 'other',
        freeKib: 1,
        systemd: { ...systemd, sudo: [], recovery: 'none' },
      },
      [
        'rsync-missing',
        'path-not-writable',
        'current-not-a-link',
        'disk-full',
        'sudo',
        'sudo',
        'sudo',
        '(no-recovery)',
      ],
    ],
  ])('%s', (_, seen, codes) => {
    expect(found(seen)).toEqual(codes)
  })

  test.each<[string, Partial<HostFacts>, Partial<DeployInputs>]>([
    ['sudo, for root', { root: true, systemd: { ...systemd, sudo: [] } }, {}],
    ['curl, where no URL is asked', { tools: without('curl') }, { check: { kind: 'none' } }],
    ['curl, where wget is there', { tools: new Set([...without('curl'), 'wget']) }, {}],
    [
      'systemd, where a command restarts',
      { systemd: undefined, tools: without('systemctl') },
      { restart: { kind: 'command', words: ['x'] } },
    ],
    ['inodes, where the file system counts none', { freeInodes: 0 }, {}],
    ['inodes and room that are not known', { freeInodes: Number.NaN, freeKib: Number.NaN }, {}],
    ['current, before the first release', { current: 'absent', live: '' }, {}],
    ['current, where it is absolute', { live: '/srv/api/qa/releases/old' }, {}],
  ])('not %s', (_, seen, changed) => {
    expect(found(seen, changed)).toEqual([])
  })
})

describe('what a host says of a unit', () => {
  const doubts = (text: string, changed: Partial<DeployInputs> = {}, isReleased?: (path: string) => boolean) => {
    const [code = '', ...rest] = text.split(' ')
    const seen = facts({ doubts: [{ code, text: rest.join(' ') }] })
    const [finding] = preflightFindings(seen, { ...inputs, ...changed }, 1000, isReleased)
    return finding
  }
  const slots = { slots: ['5001', '5002'], restart: { kind: 'systemd', unit: 'api@{slot}' } } as Partial<DeployInputs>

  test.each([
    ['unit-not-reloaded -', {}, /^systemd has not read the newest file of api-qa\. As root: systemctl daemon-reload$/],
    [
      'lines-unread - journal',
      {},
      /^deploy cannot read the journal, to which api-qa writes\. As root: usermod -a -G systemd-journal deploy$/,
    ],
    ['lines-unread 5002 journal', slots, /to which api@5002 writes/],
    ['lines-unread - nowhere', {}, /^api-qa writes to neither a file/],
    [
      'lines-unread - file /var/log/a b.log',
      {},
      /^deploy cannot read \/var\/log\/a b\.log, to which api-qa writes\. As root, give that folder .* to a group/,
    ],
    [
      'unit-unknown - /opt/run.sh',
      {},
      /^nothing in api-qa names \/srv\/api\/qa\/current: Belay cannot verify that it starts this release$/,
    ],
    ['unit-unknown 5001', slots, /^nothing in api@5001 names \/srv\/api\/qa\/slots\/5001/],
  ])('%s is a warning in the words of the inputs', (said, changed, text) => {
    expect(doubts(said, changed)).toMatchObject({ notice: true, text: expect.stringMatching(text) })
  })

  test('a program outside that the release has too is refused', () => {
    const found = doubts('unit-unknown - /opt/legacy/server.js', {}, (path) => path === '/opt/legacy/server.js')
    expect(found).toMatchObject({ code: 'unit-elsewhere', text: expect.stringContaining('runs /opt/legacy/server.js') })
    expect(found).not.toHaveProperty('notice')
  })
})

describe('the refusal', () => {
  const finding = (host: string, code: string, notice?: true) => ({
    host,
    code,
    text: `${code} there`,
    ...(notice && { notice }),
  })

  test('names every host and everything, with a code of its own where they differ', () => {
    expect(() => assertReady([finding('web1', 'sudo'), finding('web2', 'disk-full')])).toThrowError(
      expect.objectContaining({
        code: 'preflight',
        message: expect.stringMatching(/- web1: sudo there\n.*- web2: disk-full there/),
      }),
    )
  })

  test('has the one code where all are the same', () => {
    expect(() => assertReady([finding('web1', 'sudo'), finding('web2', 'sudo')])).toThrowError(
      expect.objectContaining({ code: 'sudo' }),
    )
  })

  test('a login that its host calls by another name is named, and stops nothing', () => {
    const [finding] = preflightFindings(facts({ reported: 'www-data' }), inputs, 0).filter(
      ({ code }) => code === 'login-differs',
    )
    expect(finding).toMatchObject({
      notice: true,
      text: expect.stringContaining('the login deploy reports itself as "www-data" there'),
    })
  })

  test('a notice stops nothing', () => {
    expect(() => assertReady([finding('web1', 'no-recovery', true)])).not.toThrow()
  })
})

const root = join(import.meta.dirname, '../../..')
const own = 'actions/deploy-ssh/src/host'
const shared = 'packages/host/src/host'
const source = (path: string) => readFileSync(join(root, path), 'utf8')

/** The verbs of systemctl that the words of its driver run as root, those words that these parts of the script ask for. */
function verbsIn(...parts: string[]): string[] {
  const asked = new Set(parts.flatMap((file) => [...source(file).matchAll(/\bdriver (\w+)/g)].map(([, word]) => word)))
  const words = [...source(`${shared}/services/systemd.sh`).matchAll(/^systemd_(\w+)\(\) \{([^\n]*\}$|[\s\S]*?^\})/gm)]
  const bodies = words.flatMap(([, word, body]) => (asked.has(word) ? [body ?? ''] : []))
  return [...new Set([...bodies.join('').matchAll(/as_root systemctl (\S+)/g)].map(([, verb = '']) => verb))].toSorted()
}
const verbsOf = (lines: readonly string[]) => [...new Set(lines.map((line) => line.split(' ')[1] ?? ''))].toSorted()

const slotUnit = { kind: 'systemd', unit: 'api-qa@{slot}' }

test.each([
  ['without slots', [], [`${own}/release.sh`, `${own}/swap.sh`]],
  ['with slots', ['5006', '5016'], [`${own}/release.sh`, `${own}/fill.sh`, `${shared}/slot.sh`]],
])('%s sudo is asked for what the host script runs, and for nothing else', (_, slots, parts) => {
  const asked = { ...inputs, slots, restart: slotUnit } as unknown as DeployInputs
  expect(verbsOf(sudoLines(asked))).toEqual(verbsIn(...parts))
})

describe('with Compose', () => {
  const compose = { ...inputs, restart: { kind: 'compose', folder: '/srv/team/shop' } } as unknown as DeployInputs
  const codes = (seen: Partial<HostFacts>) => preflightFindings(facts(seen), compose, 0).map(({ code }) => code)

  test('all that the host found is reported, and neither rsync nor systemctl is asked for', () => {
    const missing = ['docker-refused', 'env-missing'].map((code) => ({ code, text: 'as the host says' }))
    expect(codes({ tools: without('rsync', 'systemctl'), missing })).toEqual(['docker-refused', 'env-missing'])
  })

  test('no line of sudo is asked for', () => {
    expect(sudoLines(compose)).toEqual([])
  })

  test('what reboots and logouts do is reported as with a unit', () => {
    expect(codes({ systemd: { ...systemd, recovery: 'none' } })).toEqual(['no-recovery'])
    expect(codes({ systemd: { ...systemd, killsProcesses: true } })).toEqual(['kills-processes'])
  })
})

describe('with slots', () => {
  const slotted = { ...inputs, slots: ['5006', '5016'], restart: slotUnit } as unknown as DeployInputs
  const idle = { port: '5016' }
  const entry = sudo.slice(0, -1)
  const listing = (lines: string[]) => [...entry, ...lines.map((line) => `/usr/bin/${line}`)]
  const lines = sudoLines(slotted)

  test('every verb is a literal line for each instance', () => {
    expect(lines).toEqual(
      ['5006', '5016'].flatMap((port) =>
        ['restart', 'stop', 'reset-failed', 'enable', 'disable'].map((verb) => `systemctl ${verb} api-qa@${port}`),
      ),
    )
    expect(preflightFindings(facts({ idle, systemd: { ...systemd, sudo: listing(lines) } }), slotted, 0)).toEqual([])
  })

  test.each(lines)('without the line %s that is what is missing', (gone) => {
    const kept = lines.filter((line) => line !== gone)
    const found = preflightFindings(facts({ idle, systemd: { ...systemd, sudo: listing(kept) } }), slotted, 0)
    expect(found).toEqual([
      { host: 'deploy@web1', code: 'sudo', text: `deploy may not run "sudo -n ${gone}" without a password` },
    ])
  })

  test.each([
    ['no slot without traffic', { code: 'no-idle-slot', why: 'traffic goes to both slots' }, ['no-idle-slot']],
    ['it is not known where traffic goes', { code: 'active-unknown', why: 'ask' }, ['active-unknown']],
    ['a switch is under way, which ends', { code: 'lock-held', why: 'a switch' }, []],
  ])('%s', (_, none, codes) => {
    expect(preflightFindings(facts({ idle: none }), slotted, 0).map(({ code }) => code)).toEqual(codes)
  })

  test('a current that is a folder, or leads elsewhere, is not checked', () => {
    expect(preflightFindings(facts({ idle, current: 'other' }), slotted, 0)).toEqual([])
    expect(preflightFindings(facts({ idle, current: 'link', live: '/opt/old' }), slotted, 0)).toEqual([])
  })
})

test('a release that is not compatible with the schema is refused before anything is changed', () => {
  const found = preflightFindings(facts({ incompatibility: 'migration 003 removed what it needs' }), inputs, 0)
  expect(found).toMatchObject([{ code: 'schema-ahead', text: 'migration 003 removed what it needs' }])
  expect(() => assertReady(found)).toThrow('the script for root does not do it')
})
