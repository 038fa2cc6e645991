import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sharedScript } from '../src/host-script.ts'

let base: string
let belay: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'belay-host-functions-'))
  belay = join(base, '.belay')
  for (const folder of ['states', 'changes', 'work', 'log']) mkdirSync(join(belay, folder), { recursive: true })
})
afterEach(() => rmSync(base, { recursive: true }))

const shells = [['dash'], ['busybox', 'sh'], ['bash', '--posix']] as const

/** Runs words after the script's functions, for a service at `base`; what was said, and the status. */
function run(
  [program, ...args]: readonly [string, ...string[]],
  words: string,
): { status: number | null; said: string } {
  const text = `${sharedScript.text}\nb_base='${base}'; layout; ${words}`
  const { status, stdout, stderr } = spawnSync(program, [...args, '-c', text], { encoding: 'utf8', timeout: 60_000 })
  return { status, said: `${stdout}${stderr}`.trim() }
}

describe.each(shells.map((shell) => [shell]))('in %s', (shell) => {
  test('a file that is renamed while it is inspected is not refused', () => {
    // Forward only, as states are; each rename meets the shell at another point of its inspection.
    const renames = spawn(process.execPath, [
      '-e',
      `const { existsSync, renameSync, writeFileSync } = require('node:fs')
       writeFileSync('${belay}/states/000001-x.0', '')
       for (let n = 0; existsSync('${belay}'); n++) renameSync('${belay}/states/000001-x.' + n, '${belay}/states/000001-x.' + (n + 1))`,
    ])
    try {
      const { said } = run(shell, `n=0; while [ $n -lt 2500 ]; do n=$((n + 1)); assert_plain_files; done; echo through`)
      expect(said).toBe('through')
    } finally {
      renames.kill('SIGKILL')
    }
  })

  test('of many changes those are whole whose last line is the whole word, whatever stands before it', () => {
    const whole = "r_whole='yes'"
    const change = (name: string, text: string) => writeFileSync(join(belay, 'changes', name), text)
    change('000001-a.release', `r_release='a'\n${whole}\n`)
    change('000002-b.release', `r_release='b'\n`)
    change('000003-c.release', `r_release='c'\n${whole}`)
    change('000004-d.release', `r_release='d'\n${whole}\nr_more='x'\n`)
    change('000005-e.release', `r_release='e'\n${whole} \n`)
    change('000006-f.release', '')
    change('000007-g.release', `r_text='${whole.replaceAll("'", '')}'\n${whole}\n${whole}\n`)
    change('000008-h.release', `r_release='h'\n${whole}\n\n`)
    change('.000009-i.release', `r_release='i'\n${whole}\n`)
    const one = 'if read_state "$file"; then printf "%s " "${file##*/}"; fi'
    const each = `for file in "$changes"/*.*; do ${one}; done`
    const expected = '000001-a.release 000003-c.release 000007-g.release'
    expect(run(shell, each).said).toBe(expected)
    expect(run(shell, `find_whole; ${each}`).said).toBe(expected)
    expect(
      run(shell, 'find_whole; for file in "$changes"/*.*; do read_release_of "$file"; printf "%s," "$kept"; done').said,
    ).toBe('a,,c,,,,,,')
    expect(run(shell, `find_whole; file=$changes/.000009-i.release; ${one}`).said).toBe('.000009-i.release')
  })

  test('without a change no change is whole', () => {
    expect(run(shell, 'find_whole; echo "<$whole_states>"').said).toBe('< >')
  })

  test.each([
    ['uid=1500(deploy) gid=1500(deploy) groups=1500(deploy),27(sudo)', 'deploy', '1500'],
    ['uid=0(root) gid=0(root) groups=0(root)', 'root', '0'],
    ['uid=1500 gid=1500(deploy)', 'asked -un', '1500'],
    ['uid=70001(ACME\\\\john doe) gid=70000(domain users)', 'asked -un', '70001'],
  ])('the user of "%s" is %s', (output, user, uid) => {
    const id = `id() { if [ $# -eq 0 ]; then printf '%b\\n' '${output}'; else echo "asked $*"; fi; }`
    expect(run(shell, `${id}; inspect_user`).said).toBe(`@belay fact user ${user}\n@belay fact uid ${uid}`)
  })

  test('a state that cannot be begun is reported by the function, and does not end the shell', () => {
    mkdirSync(join(belay, 'work/000001-x/unfinished'), { recursive: true })
    const { said } = run(shell, 'b_lease=30; begin_release 000001-x 2>/dev/null || echo disk-full')
    expect(said).toBe('disk-full')
  })
})

/** Starts a process of a release as `hold` does, which sleeps once, up to 10 s. Resolves with how long it lived. */
function startServe([program, ...args]: readonly [string, ...string[]], name: string, ready = 'take_signals "$name"') {
  const file = join(belay, 'x.sh')
  mkdirSync(join(belay, 'work', name), { recursive: true })
  writeFileSync(
    file,
    `${sharedScript.text}\nb_base=$2 name=$3\nlayout\n${ready}\n: >"$belay/work/$name/ready"\ndoze 10\n`,
  )
  const began = Date.now()
  const child = spawn(program, [...args, file, 'serve', base, name], { stdio: 'ignore' })
  const ended = new Promise<number>((resolve) => child.once('exit', () => resolve(Date.now() - began)))
  return { child, ended }
}

describe.each(shells.map((shell) => [shell]))('the process of a release, in %s', (shell) => {
  const isReady = (name: string) => expect.poll(() => existsSync(join(belay, 'work', name, 'ready')))
  const pidFile = (name: string) => join(belay, 'work', name, 'pid')

  test('is woken at once', async () => {
    const { ended } = startServe(shell, '000001-a')
    await isReady('000001-a').toBe(true)
    // It may not sleep yet: a signal that comes before is lost.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(run(shell, 'wake 000001-a; echo done').said).toBe('done')
    expect(await ended).toBeLessThan(8000)
  }, 30_000)

  test('looks again by itself where no signal came', async () => {
    const { said } = run(
      shell,
      'mkdir -p "$belay/work/n"; take_signals n; clock; at=$now; doze 1; clock; echo $((now - at))',
    )
    expect(said).toMatch(/^[12]$/)
  })

  test('sleeps no less where sleep knows no parts of a second', () => {
    mkdirSync(join(base, 'bin'))
    writeFileSync(join(base, 'bin/sleep'), '#!/bin/sh\ncase $1 in *.*) exit 1 ;; esac\nexec /bin/sleep "$@"\n', {
      mode: 0o755,
    })
    const words =
      'PATH=$b_base/bin:$PATH; mkdir -p "$belay/work/n"; take_signals n; clock; at=$now; doze 0.2; doze 0.2; clock; echo $((now - at))'
    // Busybox has a sleep of its own, which knows them.
    if (shell[0] !== 'busybox') expect(run(shell, words).said).toMatch(/^[23]$/)
  })

  test('keeps the lock to itself while it sleeps', () => {
    const words =
      'mkdir -p "$belay/work/n"; take_signals n; exec 9>>"$belay/lock"; flock -n 9; (sleep 0.3; kill -USR1 $$) 9>&- & doze 2; exec 9>&-; lock_is_free && echo free'
    expect(run(shell, words).said).toBe('free')
  })

  test('that is a program with a number of before gets no signal', async () => {
    mkdirSync(join(belay, 'work/000001-a'), { recursive: true })
    const foreign = spawn('sleep', ['2'])
    writeFileSync(pidFile('000001-a'), `${foreign.pid}\n`)
    const signal = new Promise((resolve) => foreign.once('exit', (_, by) => resolve(by)))
    expect(run(shell, 'wake 000001-a; echo done').said).toBe('done')
    expect(await signal).toBe(null)
  })

  test('of another release of the service gets no signal', async () => {
    const { child } = startServe(shell, '000002-b', ': >"$belay/work/$name/mark"')
    await isReady('000002-b').toBe(true)
    mkdirSync(join(belay, 'work/000001-a'), { recursive: true })
    writeFileSync(pidFile('000001-a'), `${child.pid}\n`)
    const signal = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)))
    expect(run(shell, 'wake 000001-a; echo done').said).toBe('done')
    await new Promise((resolve) => setTimeout(resolve, 300))
    child.kill('SIGTERM')
    expect(await signal).toBe('SIGTERM')
  }, 30_000)

  test('that is gone, or never left its number, is no error', () => {
    mkdirSync(join(belay, 'work/000001-a'), { recursive: true })
    writeFileSync(pidFile('000001-a'), '4194305\n')
    expect(
      run(shell, 'wake 000001-a; wake 000009-z; : >"$belay/work/000001-a/pid"; wake 000001-a; echo done').said,
    ).toBe('done')
  })
})

describe('while another job holds the lock (rule 4)', () => {
  const shell = shells[0]

  test('the limit of a migration is removed once that job has ended', () => {
    writeFileSync(join(belay, 'contracts'), '003_drop v2\n004 v3\n')
    const holder = `(flock 9; sleep 7) 9>>'${belay}/lock' & sleep 0.3`
    const { said } = run(shell, `${holder}; b_migration=003_drop b_wait=20; cmd_forget </dev/null; wait`)
    expect(said).toBe('')
    expect(readFileSync(join(belay, 'contracts'), 'utf8')).toBe('004 v3\n')
  }, 30_000)

  test('it is waited for no longer than the runner has time', () => {
    writeFileSync(join(belay, 'contracts'), '003_drop v2\n')
    writeFileSync(join(belay, 'holder'), 'another job\n')
    const holder = `(flock 9; sleep 4) 9>>'${belay}/lock' & sleep 0.3`
    const { said } = run(shell, `${holder}; b_migration=003_drop b_wait=1; (cmd_forget); wait`)
    expect(said).toBe('@belay refused lock-held another job')
  }, 30_000)
})
