import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const parts = [
  'packages/remote/src/host.sh',
  ...['check', 'slots', 'driver', 'preflight', 'drivers/none', 'drivers/systemd'].map(
    (name) => `actions/deploy-ssh/src/${name}.sh`,
  ),
]

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'belay-preflight-'))
  mkdirSync(join(base, '.belay/states'), { recursive: true })
})
afterEach(() => rmSync(base, { recursive: true }))

/** Runs words after the script's functions; what it said, without its prefix. */
function said([program, ...args]: readonly string[], words: string): string[] {
  const text = [...parts.map((part) => `. '${join(root, part)}'`), `b_base='${base}'`, 'layout', words].join('\n')
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
    writeFileSync(join(base, '.belay/states/000001-v1.confirmed'), `${text.join('')}r_whole='yes'\n`)
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
      expect.stringMatching(/^doubt check-fails-live v1 serves, .*http:\/\/new:5002\/ says 404.*It passes the one/),
    ])
  })

  test.each(['command', 'none'])('a check of the kind %s is not run', (kind) => {
    const words = `${live(kind, `touch ${base}/ran`)}\nr_slots='' active='' r_check='http://new/'`
    expect(said(shell, `${words}\ninspect_live; [ ! -e '${base}/ran' ] || echo ran`)).toEqual([
      'asked http://new/',
      expect.stringMatching(/^doubt check-fails-live v1 serves, .*The one that it was committed with is no URL/),
    ])
  })
})
