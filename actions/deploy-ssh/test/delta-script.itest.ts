import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptFile } from './support/script-file.ts'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'belay-delta-script-'))
  for (const folder of ['.belay/work/w', 'releases/r1/lib']) mkdirSync(join(base, folder), { recursive: true })
  writeFileSync(join(base, 'releases/r1/lib/a'), 'a')
  writeFileSync(join(base, '.belay/work/w/list'), '.\tfolder 755\n./lib\tfolder 755\n./lib/a\tfile x\n')
})
afterEach(() => rmSync(base, { recursive: true }))

describe.each([[['dash']], [['busybox', 'sh']], [['bash', '--posix']]] as const)('in %s', ([program, ...args]) => {
  const run = (words: string) => {
    const text = `. '${scriptFile}'\nb_base='${base}'; layout; work=$belay/work/w r_release=r1 c_release=r1; ${words}`
    const { stdout, stderr } = spawnSync(program, [...args, '-c', text], { encoding: 'utf8', timeout: 60_000 })
    return `${stdout}${stderr}`.trim()
  }
  const look = 'rm -f "$work/untouched"; note_untouched; cat "$work/untouched" 2>/dev/null || echo touched'

  test('a release is untouched as long as nothing in it changes', () => {
    expect(run(`keep_list; ${look}`)).toBe('r1')
  })

  test('a change at once after its list is noticed, within a tick of the clock too', () => {
    // A hundred times: without the wait for the next tick, most of them have the time of the list.
    const round = `printf '.\\tfolder 755\\n' >"$work/list"; keep_list; printf b >"$b_base/releases/r1/lib/a"; ${look}`
    const said = run(`n=0; while [ $n -lt 100 ]; do n=$((n + 1)); ${round}; done`)
    expect(said.split('\n')).toEqual(Array.from({ length: 100 }, () => 'touched'))
  })

  test('where times have no parts of a second no list is kept', () => {
    const words = 'find() { case $* in *-cnewer*) ;; *) command find "$@" ;; esac; }'
    expect(run(`${words}; mkdir "$belay/lists"; keep_list; ls "$belay/lists"`)).toBe('')
  })

  test.each([
    ['find knows no -cnewer', 'find() { echo "find: unknown" >&2; return 1; }'],
    ['the boot is not known', 'read_boot() { return 1; }'],
    ['the release is gone', 'rm -rf "$b_base/releases/r1"'],
  ])('nothing is untouched where %s', (_, words) => {
    expect(run(`keep_list; ${words}; ${look}`)).toBe('touched')
  })

  test('what was not written whole has no list', () => {
    expect(run(`keep_list; sed -i "\\$d" "$belay/lists/r1"; touch -d "+1 hour" "$belay/lists/r1"; ${look}`)).toBe(
      'touched',
    )
  })
})
