import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { exampleFolder } from '../paths.ts'
import { type Version, v1, v2 } from '../version.ts'
import type { Source } from './repository.ts'
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
