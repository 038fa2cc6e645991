import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Asked, Opened } from '../example.ts'
import { exampleSource } from '../repository/example-source.ts'
import { openLab } from '../repository/lab.ts'
import { openedOf, readFacts } from '../repository/repository.ts'
import { checkOut } from './services.ts'

/** What says what the workflows do not, by the kind of hosts. */
const settingsFiles: Readonly<Record<string, string>> = { 'one-proxy': 'one-proxy/rehearsal.yml' }

/** The example as a repository of one's own is rehearsed. */
export async function openOnSystemd(asked: Asked): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const source = exampleSource('vps-systemd', checkOut, settingsFiles[asked.hosts])
  const facts = await readFacts(source, folder, { workflow: undefined, environment: undefined })
  return openedOf(await openLab(folder, facts), facts, asked)
}
