import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { script } from '../../src/script.ts'

const folder = mkdtempSync(join(tmpdir(), 'belay-script-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** deploy-ssh's host script as a file that a shell may read: without arguments it only defines. An argument of a program
 * could not be as long as its text. */
export const scriptFile = join(folder, 'script.sh')
writeFileSync(scriptFile, script.text)
