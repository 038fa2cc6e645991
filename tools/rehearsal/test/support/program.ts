import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const source = join(import.meta.dirname, '../../src')

/** Runs a program of the package with an empty folder for temporary files. `left`: the files that remain in it. */
export function run(program: string, args: string[], options: { signalAt?: string } = {}) {
  return runIn(source, program, args, options)
}

/** The same with the program in `folder`. */
export async function runIn(folder: string, program: string, args: string[], options: { signalAt?: string } = {}) {
  const temporary = mkdtempSync(join(tmpdir(), 'bc-'))
  // As /tmp: commands of a repository run without root.
  chmodSync(temporary, 0o755)
  const child = spawn(process.execPath, [join(folder, program), ...args], {
    env: { ...process.env, TMPDIR: temporary, NO_COLOR: '1' },
    timeout: 280_000,
  })
  let output = ''
  let signalledAt = 0
  const read = (chunk: Buffer) => {
    output += chunk
    if (!options.signalAt || signalledAt > 0 || !output.includes(options.signalAt)) return
    signalledAt = performance.now()
    child.kill('SIGINT')
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const status = await new Promise((resolve) => child.once('close', resolve))
  const left = readdirSync(temporary)
  rmSync(temporary, { recursive: true })
  return { status, output, left, msAfterSignal: performance.now() - signalledAt }
}

/** A path in an empty folder, which is removed after the test. */
export function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bf-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, name)
}

/** The number of times that a text contains a part. */
export const times = (text: string, part: string) => text.split(part).length - 1
