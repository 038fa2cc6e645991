import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Asked, Opened } from '../example.ts'
import { exampleFolder } from '../paths.ts'
import { type Version, v1, v2 } from '../version.ts'
import { openLab } from './lab.ts'
import { type Facts, openedOf, readFacts, type Source } from './repository.ts'
import { readSettings, withSettings } from './settings.ts'

/**
 * An example of this repository as a source: v1 and v2 of its folder. `checkOut` fills an empty folder with a version;
 * `settingsFile`: instead of its `rehearsal.yml`.
 */
export function exampleSource(
  name: string,
  checkOut: (version: Version, into: string) => void,
  settingsFile?: string,
): Source {
  const root = exampleFolder(name)
  const settings = readSettings(root, settingsFile)
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.parentPath.includes('node_modules'))
    .map((one) => join(one.parentPath, one.name).slice(root.length + 1))
  return {
    settings,
    variables: withSettings(settings, {}),
    files,
    versions: {
      root,
      branch: 'main',
      base: '',
      changed: 0,
      // production-proxy.yml takes the place of production.yml.
      label: (file) => file.replace(/(-proxy)?\.yml$/, ''),
      first: v1,
      second: v2,
      checkOut,
    },
  }
}

/** What its workflows say. Nothing starts. */
export async function readExampleFacts(source: Source): Promise<Facts> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const all = { workflow: undefined, environment: undefined }
  return await readFacts(source, folder, all).finally(() => rmSync(folder, { recursive: true }))
}

/** The example as a repository of one's own is rehearsed: on the servers that its variables name. */
export async function openExample(source: Source, asked: Asked): Promise<Opened> {
  const facts = await readExampleFacts(source)
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return openedOf(await openLab(folder, facts), facts, asked)
}
