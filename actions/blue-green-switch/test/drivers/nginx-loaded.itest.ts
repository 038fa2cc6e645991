import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { script } from '../../src/script.ts'
import { temporary } from '../support/fixture.ts'

/**
 * The script's functions, with processes that stand for nginx's workers and a file whose change has a date of its own:
 * a clock that was set back or forward later makes exactly such a difference.
 */
const setup = (folder: string) => `
belay='${folder}/path' r_upstream='${folder}/path' why='' workers=''
inode=7 changed=$(date +%s) today=$changed
stat() { case $2 in %Z) printf '%s\\n' "$changed" ;; *) printf '%s\\n' "$inode $changed 30" ;; esac; }
nginx_workers() { :; }
start() { sleep 0.05; sleep 30 >/dev/null 2>&1 & workers="$! " started="$started $!"; sleep 0.05; }
another_boot() { sed 's/ [^ ]*-[^ ]* / 00000000-0000-4000-8000-000000000000 /' "$belay/nginx-file" >"$belay/new" && mv "$belay/new" "$belay/nginx-file"; }
clock_set_back() { changed=$((today + 3600)); }
clock_set_forward() { changed=$((today - 3600)); }
started=''
trap 'kill $started' EXIT
`

/** Whether a reader of the file would say that nginx has loaded it, after these words. */
function verdict(shell: readonly string[], folder: string, words: string): Promise<string> {
  const [program = '', ...args] = shell
  const file = join(folder, 'run.sh')
  const functions = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
  const answer = 'if nginx_current; then echo loaded; else echo "not loaded: $why"; fi'
  writeFileSync(file, `${functions}\n${setup(folder)}\n${words}\n${answer}\n`)
  return new Promise((resolve) =>
    execFile(program, [...args, file], { timeout: 20_000 }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`.trim()),
    ),
  )
}

describe.each([['dash'], ['busybox', 'sh'], ['bash', '--posix']])('in %s %s', (...words) => {
  const shell = words.filter((word) => word !== undefined)
  test.for([
    // The dates are wrong from the first moment on here: what was noted must not need them.
    ['the clock set back since', 'clock_set_back; nginx_note_file; start', 'loaded'],
    ['the clock set forward since', 'clock_set_forward; nginx_note_file; start', 'loaded'],
    ['the clock set forward, and a file that was never loaded', 'clock_set_forward; start; nginx_note_file', 'not'],
    ['the clock set back, and a file that was never loaded', 'clock_set_back; start; nginx_note_file', 'not'],
    [
      'the clock set back, and noted in two boots',
      'clock_set_back; nginx_note_file; another_boot; start; nginx_note_file',
      'loaded',
    ],
    ['noted twice, as an undo that finds its file there does', 'nginx_note_file; start; nginx_note_file', 'loaded'],
    ['nginx restarted since', 'clock_set_back; nginx_note_file; start; start', 'loaded'],
    [
      'a worker of before that is still there',
      'start; old=$workers; nginx_note_file; start; workers="$workers$old"',
      'not',
    ],
    ['another boot, and the same file', 'clock_set_back; nginx_note_file; another_boot; start', 'loaded'],
    ['another boot, and a file of a person', 'nginx_note_file; another_boot; inode=8; start', 'loaded'],
    [
      'another boot, and a file that a person did not load',
      'nginx_note_file; another_boot; inode=8; start; changed=$((today + 60))',
      'not',
    ],
    [
      "a person's edit that was never loaded, and the clock set forward",
      'start; nginx_note_file; inode=8; clock_set_forward',
      'not',
    ],
    [
      "a person's edit after a switch, never loaded, and the clock set forward",
      'nginx_note_file; start; nginx_note_file; inode=8; clock_set_forward',
      'not',
    ],
    ["a person's edit and reload after a switch", 'nginx_note_file; nginx_note_file; inode=8; start', 'loaded'],
    ["a person's edit and reload", 'nginx_note_file; inode=8; start', 'loaded'],
    ["a person's edit without a reload", 'nginx_note_file; start; inode=8 changed=$((today + 60))', 'not'],
    ['no note: by the dates', 'start', 'loaded'],
    ['no note, and a newer file: by the dates', 'start; changed=$((today + 60))', 'not'],
    ['a note that a crash tore: by the dates', ': >"$belay/nginx-file"; start', 'loaded'],
    ['no room for a note: by the dates', 'belay=/nowhere; nginx_note_file; start', 'loaded'],
  ] as const)('%s', async ([, actions, expected], context) => {
    const folder = temporary(context)
    mkdirSync(join(folder, 'path'), { recursive: true })
    const said = await verdict(shell, folder, actions)
    if (expected === 'loaded') expect(said).toBe('loaded')
    else expect(said).toMatch(/^not loaded: .*active\.conf was changed after nginx was last reloaded/)
  })
})
