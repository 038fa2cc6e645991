import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { type Defect, defects } from './defects/planted.ts'
import { runIn } from './support/program.ts'

const root = join(import.meta.dirname, '../../..')

/** A copy of this repository, as its working tree stands, with the defect in it. */
function copyWith({ file, changes }: Defect, { onTestFinished }: TestContext): string {
  const copy = mkdtempSync(join(tmpdir(), 'bd-'))
  onTestFinished(() => rmSync(copy, { recursive: true }))
  // Commands of a repository run without root.
  chmodSync(copy, 0o755)
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  for (const name of execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean))
    cpSync(join(root, name), join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  plant(join(copy, 'actions', file), changes)
  return copy
}

/** @throws Error if a text does not stand there once: a defect that is not there cannot be found. */
function plant(file: string, changes: Defect['changes']): void {
  let text = readFileSync(file, 'utf8')
  for (const [good, bad] of Object.entries(changes)) {
    const parts = text.split(good)
    if (parts.length !== 2) throw new Error(`"${good}" stands ${parts.length - 1} times in ${file}, not once`)
    text = parts.join(bad)
  }
  writeFileSync(file, text)
}

describeIf(canStartHosts())('a rehearsal finds that', () => {
  test.for(defects)('$name', async (defect, context) => {
    const copy = copyWith(defect, context)
    const { status, output } = await runIn(join(copy, 'tools/rehearsal/src'), 'cli.ts', [...defect.args])
    expect(output).toMatch(defect.found)
    expect(status).toBe(1)
  })
})
