import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostScript } from '@belay/host'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let base: string
let belay: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'belay-host-functions-'))
  belay = join(base, '.belay')
  for (const folder of ['states', 'work', 'log']) mkdirSync(join(belay, folder), { recursive: true })
})
afterEach(() => rmSync(base, { recursive: true }))

const shells = [['dash'], ['busybox', 'sh'], ['bash', '--posix']] as const

/** Runs words after the script's functions, for a service at `base`; what was said, and the status. */
function run(
  [program, ...args]: readonly [string, ...string[]],
  words: string,
): { status: number | null; said: string } {
  const text = `${hostScript}\nb_base='${base}'; layout; ${words}`
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

  test('a state that cannot be begun is reported by the function, and does not end the shell', () => {
    mkdirSync(join(belay, 'work/000001-x/unfinished'), { recursive: true })
    const { said } = run(shell, 'b_lease=30; begin_release 000001-x 2>/dev/null || echo disk-full')
    expect(said).toBe('disk-full')
  })
})

describe('while another job holds the lock', () => {
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
