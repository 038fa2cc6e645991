import { chmodSync, mkdirSync } from 'node:fs'

/** Its user is the one that a rehearsal runs commands as. */
const folder = '/var/lib/belay-testbed/go-cache'

/** A repository whose jobs keep what Go has compiled: of nothing Go compiles its library for a minute. */
export function keepingCompiled(files: Readonly<Record<string, string>>): Record<string, string> {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o1777)
  const path = '.github/workflows/qa.yml'
  return { ...files, [path]: `env: { GOCACHE: ${folder} }\n${files[path]}` }
}
