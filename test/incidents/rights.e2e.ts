import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompletedJob } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import {
  asRoot,
  lacksDatabase,
  openProduction,
  type Production,
  reloadNginx,
  rootScript,
  slots,
  writeSite,
  writeUnit,
} from './production.ts'

const verbs = ['restart', 'stop', 'reset-failed', 'enable', 'disable']
const ofSlots = slots.flatMap((slot) => verbs.map((verb) => `systemctl ${verb} api-qa@${slot}`))
const ofProxy = ['nginx -t', 'systemctl reload nginx']

/** What root prepares, without one piece at a time: each is found missing before any change, or is harmless. */
describeIf(canStartSystemdHosts() ?? lacksDatabase())(
  'the rights of the deploy user on a host with slots and nginx',
  () => {
    let production: Production
    let host: SystemdHost
    let script: string

    beforeAll(async () => {
      production = await openProduction(1)
      host = production.hosts[0] as SystemdHost
      script = await rootScript(production)
      const ready = [await ofDeploy(), await ofSwitch()]
      for (const completed of ready) expect(refusals(completed), completed.log).toEqual([])
    }, 600_000)
    afterAll(() => production?.close())

    const ofDeploy = async () =>
      production.job('v1', [await production.fill('v1', { command: 'preflight', source: '' })])
    // Nothing was released yet, so only a check of its own could find what a slot serves.
    const ofSwitch = async () =>
      production.job('v1', [production.switchTo('v1', { 'dry-run': 'true', check: 'http://this-host:{slot}/health' })])
    /** Everything of Belay's that lies on the host in no folder of the hosts' own, so that a script may be run anew. */
    const clean = async () => {
      const shell = `systemctl disable belay-recover-api-qa 2>/dev/null
      rm -rf /srv/api /etc/sudoers.d/belay-* /etc/systemd/system/belay-recover-* /etc/nginx/belay
      gpasswd -d deploy systemd-journal 2>/dev/null
      systemctl daemon-reload`
      await host.run(['sh', '-c', shell], { user: 'root' })
    }

    test('sudo allows exactly the listed lines', async () => {
      const listed = (await host.run(['sudo', '-n', '-l'])).stdout.match(/NOPASSWD: .*/g) ?? []
      const lines = listed.map((line) => line.replace('NOPASSWD: ', '').replaceAll('\\', ''))
      const program = (line: string) => (line.startsWith('nginx') ? `/usr/sbin/${line}` : `/usr/bin/${line}`)
      expect(lines.toSorted()).toEqual([...ofSlots, ...ofProxy].map(program).toSorted())
    })

    describe.each([
      { name: 'deploy-ssh', file: '/etc/sudoers.d/belay-api-qa', lines: ofSlots, look: () => ofDeploy() },
      { name: 'blue-green-switch', file: '/etc/sudoers.d/belay-api-qa-nginx', lines: ofProxy, look: () => ofSwitch() },
    ])('$name', ({ file, lines, look }) => {
      test.each(lines)('without %s', async (line) => {
        const whole = (await host.read(file)) ?? ''
        const less = whole.split('\n').filter((one) => !one.endsWith(`/${line}`))
        expect(less.length).toBe(whole.split('\n').length - 1)
        await host.write(file, less.join('\n'), 0o440)
        try {
          const completed = await look()
          expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toBe('sudo')
          expect(completed.belay, completed.log).toMatch(/^(unchanged)?$/)
          expect(refusals(completed)).toEqual([`deploy may not run "sudo -n ${line}" without a password`])
        } finally {
          await host.write(file, whole, 0o440)
        }
      })
    })

    describe('the script for root, without one statement', () => {
      /** What finds each missing statement: the script itself, which ends there, a preflight, or nothing. */
      const missed: { line: string; where: string }[] = []
      const harmless = () => missed.flatMap(({ where }, index) => (where === 'nowhere' ? [index] : []))

      test('each is found missing before a release, or is harmless', async () => {
        for (const [index, line] of statementsOf(script).entries())
          missed.push({ line: line.split('\n')[0] ?? '', where: await whereMissed(index) })
        const table = missed.map(({ line, where }) => `${line}\n    ${where}`).join('\n')
        expect(
          harmless().map((index) => missed[index]?.line),
          table,
        ).toEqual(harmlessStatements)
      }, 600_000)

      const whereMissed = async (index: number): Promise<string> => {
        await clean()
        const ran = await host.run(['sh', '-s'], { user: 'root', input: without(script, index) })
        if (ran.status !== 0) return `the script ends: ${ran.stderr.trim().split('\n').at(-1)}`
        if (await host.exists('/etc/nginx/belay/api-qa/active.conf')) await nameHost()
        await reloadNginx(host)
        const problems = [await ofDeploy(), await ofSwitch()].flatMap((completed) => [
          ...refusals(completed),
          ...notices(completed),
        ])
        return problems.length > 0 ? `preflight: ${problems.join(' | ')}` : 'nowhere'
      }

      test('without all harmless statements a release still succeeds and is undone', async () => {
        await clean()
        expect(missed.length).toBeGreaterThan(10)
        await asRoot(host, ['sh', '-s'], without(script, ...harmless()))
        await writeUnit(host)
        await writeSite(host)
        await nameHost()
        await reloadNginx(host)
        for (const version of ['v1', 'v2', 'v3']) {
          const steps = [await production.fill(version, { shared: 'uploads' }), production.switchTo(version)]
          const completed = await production.job(version, version === 'v3' ? [...steps, { run: 'exit 1' }] : steps)
          expect(completed.belay, completed.log).toBe(version === 'v3' ? 'rolled-back' : 'committed')
        }
        expect(await production.users()).toBe('v2')
        await asRoot(host, ['runuser', '-u', 'www-data', '--', 'touch', '/srv/api/qa/shared/uploads/by-the-service'])
      })
    })

    /** The address that stands for the host's own here, in a file that keeps its owner. */
    const nameHost = () =>
      asRoot(host, [
        'sed',
        '-i',
        `s/127.0.0.1:${slots[0]}/this-host:${slots[0]}/`,
        '/etc/nginx/belay/api-qa/active.conf',
      ])
  },
)

/** They do nothing on this host, which has no HAProxy: actions/blue-green-switch/test/root-haproxy.itest.ts runs them. */
const forHaproxy = [
  "install -d -o 'deploy' -m 0755 /var/lib/haproxy/belay",
  "command -v socat >/dev/null || echo 'socat is missing: Belay needs it for the socket of HAProxy' >&2",
]

/**
 * No release needs them, on a host whose deploy user is there (without it no login could miss it): they guard
 * the script itself, say what sudo and systemd would do anyway, or make what Belay makes when it is first used.
 */
const harmlessStatements = [
  'set -eu',
  "id 'deploy' >/dev/null 2>&1 || useradd --create-home 'deploy'",
  "install -d -o 'deploy' -g www-data -m 2770 '/srv/api/qa/shared'",
  "visudo -cf '/etc/sudoers.d/belay-api-qa.new'",
  "chmod 0440 '/etc/sudoers.d/belay-api-qa.new'",
  'systemctl daemon-reload',
  ...forHaproxy,
  'install -d -m 0755 /etc/nginx/belay',
  "chown 'deploy' '/etc/nginx/belay/api-qa/active.conf'",
  "visudo -cf '/etc/sudoers.d/belay-api-qa-nginx.new'",
  "chmod 0440 '/etc/sudoers.d/belay-api-qa-nginx.new'",
]

/** The problems that stop a release, as in the failure, without the host's name. */
function refusals({ log }: CompletedJob): string[] {
  return [...new Set([...log.matchAll(/^ {2}- \S+: (.*)$/gm)].map(([, text = '']) => text))]
}

/** The problems that are only reported. */
function notices({ log }: CompletedJob): string[] {
  return [...log.matchAll(/^.*?(after a reboot before the confirm.*|\w+ cannot read the journal.*)$/gm)].map(
    ([, text = '']) => text,
  )
}

interface Piece {
  readonly text: string
  readonly statement: boolean
}

/** The lines of a script, each heredoc with the line that it belongs to; what only holds others together is none. */
function piecesOf(script: string): Piece[] {
  const pieces: Piece[] = []
  let ends = ''
  for (const line of script.trimEnd().split('\n')) {
    const last = pieces.at(-1)
    if (ends !== '' && last) {
      pieces[pieces.length - 1] = { ...last, text: `${last.text}\n${line}` }
      if (line === ends) ends = ''
      continue
    }
    ends = /<<'(\w+)'/.exec(line)?.[1] ?? ''
    pieces.push({ text: line, statement: !/^(#|if |fi$)/.test(line) })
  }
  return pieces
}

function statementsOf(script: string): string[] {
  return piecesOf(script)
    .filter(({ statement }) => statement)
    .map(({ text }) => text)
}

/** The script less the statements with these numbers; what they would have been the only content of stays whole. */
function without(script: string, ...numbers: number[]): string {
  let number = -1
  const kept = piecesOf(script).map(({ text, statement }) => {
    if (statement) number += 1
    return statement && numbers.includes(number) ? ':' : text
  })
  return `${kept.join('\n')}\n`
}
