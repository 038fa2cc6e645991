import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptFile } from './support/script-file.ts'

// Not below /tmp: such a path in a unit says nothing of where its service lies.
let base: string
beforeEach(() => {
  base = mkdtempSync(join(homedir(), 'belay-preflight-'))
  for (const name of ['states', 'changes']) mkdirSync(join(base, '.belay', name), { recursive: true })
})
afterEach(() => rmSync(base, { recursive: true }))

/** Runs words after the script's functions; what it said, without its prefix. */
function said([program, ...args]: readonly string[], words: string): string[] {
  const text = [`. '${scriptFile}'`, `b_base='${base}'`, 'layout', words].join('\n')
  const ended = spawnSync(program ?? '', [...args, '-c', text], { encoding: 'utf8', timeout: 20_000 })
  expect(ended.stderr).toBe('')
  return ended.stdout
    .trim()
    .replaceAll(/^@belay /gm, '')
    .split('\n')
}

const shells = [[['dash']], [['busybox', 'sh']], [['bash', '--posix']]]

describe.each(shells)('what serves now is asked, in %s', (shell) => {
  /** The release v1 was committed with a check of its own; `asked` is written for each URL that is asked. */
  const live = (kind: string, check: string) => {
    const facts = { release: 'v1', check_kind: kind, check, check_timeout: '5' }
    const text = Object.entries(facts).map(([fact, value]) => `r_${fact}='${value}'\n`)
    writeFileSync(join(base, '.belay/states/000001-v1.confirmed'), '')
    writeFileSync(join(base, '.belay/changes/000001-v1.release'), `${text.join('')}r_whole='yes'\n`)
    return [
      `ask_status() { echo "asked $r_check"; case $r_check in *good*) status=200 ;; *) status=404 ;; esac; reply="says $status"; }`,
      "r_restart_kind=none r_restart='' r_activate='' r_deactivate='' c_release=v1 r_check_timeout=5 r_check_kind=url",
    ].join('\n')
  }

  test('with slots by the URL of the slot that has the traffic, also by its own check', () => {
    const words = `${live('url', 'http://good:{slot}/')}\nr_slots='5001 5002' active=5002 r_check='http://new:{slot}/'`
    expect(said(shell, `${words}\ninspect_service`)).toEqual([
      'asked http://new:5002/',
      'asked http://good:5002/',
      expect.stringMatching(
        /^doubt check-fails-live v1 serves and .*http:\/\/new:5002\/ says 404.*It passes the check that it was committed with/,
      ),
    ])
  })

  test.each(['command', 'none'])('a check of the kind %s is not run', (kind) => {
    const words = `${live(kind, `touch ${base}/ran`)}\nr_slots='' active='' r_check='http://new/'`
    expect(said(shell, `${words}\ninspect_live; [ ! -e '${base}/ran' ] || echo ran`)).toEqual([
      'asked http://new/',
      expect.stringMatching(/^doubt check-fails-live v1 serves and .*The check that it was committed with is no URL/),
    ])
  })
})

describe.each(shells)('whether a unit runs what is released, in %s', (shell) => {
  /** A unit of systemd, and what is said of it; paths that begin with `~` lie beside the base. */
  function inspected(unit: Record<string, string>, link = 'current'): string[] {
    const shows = { LoadState: 'loaded', StandardOutput: 'inherit', ...unit }
    const lines = Object.entries(shows).map(([key, value]) => `${key}) echo '${key}=${at(value)}' ;;`)
    const systemctl = `systemctl() { for word in "$@"; do case $word in ${lines.join(' ')} esac; done; }`
    const [, port = ''] = /^slots.(.*)/.exec(link) ?? []
    const slot = port && `BELAY_SLOT=${port}`
    return said(shell, `${systemctl}\nr_restart=api ${slot}; b_base='${base}'; inspect_unit ${link}`).map((line) =>
      line.replaceAll(base, 'BASE').replaceAll(outside, 'OUTSIDE'),
    )
  }
  const at = (text: string) => text.replaceAll('~', outside).replaceAll('BASE', base)
  const start = (words: string) => `{ path=${words.split(' ')[0]} ; argv[]=${words} ; ignore_errors=no ; pid=0 }`

  let outside: string
  beforeEach(() => {
    outside = mkdtempSync(join(homedir(), 'belay-outside-'))
    mkdirSync(join(base, 'releases/r1'), { recursive: true })
    mkdirSync(join(outside, 'legacy'))
    writeFileSync(join(outside, 'legacy/server.js'), '')
    writeFileSync(join(base, 'run.sh'), '')
    symlinkSync(base, join(outside, 'app'))
  })
  afterEach(() => rmSync(outside, { recursive: true }))

  test.each<[string, Record<string, string>]>([
    ['relative to the base', { WorkingDirectory: 'BASE', ExecStart: start('/usr/bin/node current/server.js') }],
    ['relative to the base, with ./', { WorkingDirectory: 'BASE', ExecStart: start('/usr/bin/node ./current/a.js') }],
    ['by a link to the base', { WorkingDirectory: '~/app/current', ExecStart: start('/usr/bin/node server.js') }],
    [
      'by a program below a link to the base',
      { WorkingDirectory: '/', ExecStart: start('/usr/bin/node ~/app/current/server.js') },
    ],
  ])('%s, before the first release: it does', (_, unit) => {
    expect(inspected(unit)).toEqual([''])
  })

  test('by a link of another name, or of the same: it does', () => {
    symlinkSync('releases/r1', join(base, 'current'))
    symlinkSync(join(base, 'current'), join(outside, 'live'))
    mkdirSync(join(outside, 'old'))
    symlinkSync(join(base, 'current'), join(outside, 'old/current'))
    expect(inspected({ WorkingDirectory: '~/live', ExecStart: start('/usr/bin/node server.js') })).toEqual([''])
    expect(inspected({ WorkingDirectory: '~/old/current', ExecStart: start('/usr/bin/node server.js') })).toEqual([''])
  })

  test.each<[string, Record<string, string>, string]>([
    ['a wrapper beside the release', { WorkingDirectory: 'BASE', ExecStart: start('BASE/run.sh') }, 'BASE/run.sh'],
    ['an application server', { WorkingDirectory: '~/tomcat', ExecStart: start('~/tomcat/bin/catalina.sh run') }, ''],
    [
      'a server whose own folder is "current"',
      { WorkingDirectory: '~/jdk/current', ExecStart: start('~/jdk/current/bin/java') },
      '',
    ],
    [
      'a plain folder',
      { WorkingDirectory: '~/legacy', ExecStart: start('/usr/bin/node ~/legacy/server.js') },
      'OUTSIDE/legacy/server.js',
    ],
    [
      'a plain folder, relative',
      { WorkingDirectory: '~/legacy', ExecStart: start('/usr/bin/node server.js') },
      'OUTSIDE/legacy/server.js',
    ],
    [
      'a configuration after the program',
      { WorkingDirectory: '/', ExecStart: start('BASE/run.sh ~/legacy/server.js') },
      'BASE/run.sh',
    ],
  ])('%s: not known, and the runner gets the program', (_, unit, program) => {
    expect(inspected(unit).map((line) => line.trim())).toEqual([`doubt unit-unknown - ${program}`.trim()])
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'one release for ever',
      { WorkingDirectory: 'BASE/releases/r1', ExecStart: start('/usr/bin/node server.js') },
      'current',
    ],
    [
      'the other slot',
      { WorkingDirectory: 'BASE/slots/5002', ExecStart: start('/usr/bin/node server.js') },
      'slots/5001',
    ],
    [
      'another service',
      { WorkingDirectory: '~/other/current', ExecStart: start('/usr/bin/node server.js') },
      'current',
    ],
  ])('%s: refused', (_, unit, link) => {
    mkdirSync(join(base, 'slots'))
    symlinkSync('../releases/r1', join(base, 'slots/5002'))
    mkdirSync(join(outside, 'other/releases/r0'), { recursive: true })
    symlinkSync('releases/r0', join(outside, 'other/current'))
    expect(inspected(unit, link)).toEqual([
      expect.stringMatching(/^missing unit-elsewhere unit api runs .*Environment=APP_HOME=/),
    ])
  })

  test('what cannot be read is said by a word and a path, and no command', () => {
    const unit = { NeedDaemonReload: 'yes', WorkingDirectory: 'BASE/current', StandardOutput: 'append:x' }
    const hidden = 'log_places() { echo journal; echo nowhere; echo /nowhere/x.log; }; may_read_journal() { false; }'
    const words = `${hidden}\nsystemctl() { case "$*" in *LoadState*) echo LoadState=loaded ;; *NeedDaemon*) echo NeedDaemonReload=${unit.NeedDaemonReload} ;; *Working*) echo "WorkingDirectory=$b_base/current" ;; esac; }`
    expect(said(shell, `${words}\nr_restart=api; inspect_unit current`)).toEqual([
      'doubt unit-not-reloaded -',
      'doubt lines-unread - journal',
      'doubt lines-unread - nowhere',
      'doubt lines-unread - file /nowhere/x.log',
    ])
  })
})
