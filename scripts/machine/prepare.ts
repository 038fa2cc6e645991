import { delimiter } from 'node:path'
import { type Built, build, builtForClusters, notYetBuilt } from './build-from-source.ts'
import { builtPrograms } from './cache.ts'
import { install, NotInstalled, packageManager } from './install.ts'
import { goFolder, installGo } from './install-go.ts'
import { missingOf, systemFolders } from './missing.ts'
import { isRoot } from './other-systems.ts'
import { type Program, programsFor, programsOfTests } from './programs.ts'

/**
 * What only some tests need: programs that are built from source; `go` for tests that build something themselves; `browser`,
 * which is as large as all other packages together; `cluster`, whose build takes up to ten minutes.
 */
export type Extra = Built | 'go' | 'browser' | 'cluster'

/**
 * Prepares the machine for tests, as root on Debian and its derivatives: installs packages and builds programs, and logs it
 * first. On other systems it installs nothing, and a failure is only logged: tests that lack a program report it. Puts the
 * programs on this process's PATH.
 * @throws NotInstalled if an installation fails and CI=true
 */
export function prepareForTests(extras: readonly Extra[], log: (line: string) => void): void {
  if (isRoot() && packageManager()?.name === 'apt-get') {
    try {
      installMissing(programsOfTests(), extras, log)
    } catch (error) {
      if (!(error instanceof NotInstalled) || process.env.CI === 'true') throw error
      log(`${error.message}\nTests that need it do not run; the end of the output lists them.`)
    }
  }
  const folders = [process.env.PATH, ...systemFolders, builtPrograms, goFolder()]
  process.env.PATH = folders.filter((folder) => folder !== undefined).join(delimiter)
}

/**
 * Installs missing programs, and builds those without a package.
 * @throws NotInstalled if that fails
 */
export function installMissing(
  wanted: readonly Program[],
  extras: readonly Extra[],
  log: (line: string) => void,
): void {
  const toBuild = notYetBuilt(extras.flatMap(builtFor))
  const needsGo = !goFolder() && (toBuild.length > 0 || extras.includes('go'))
  const browser = extras.includes('browser') ? programsFor('browsers') : []
  const cluster = extras.includes('cluster') ? programsFor('clusters') : []
  const missing = missingOf([...wanted, ...browser, ...cluster, ...(needsGo ? programsFor('builds') : [])])
  if (missing.length > 0) install(missing, log)
  if (needsGo) installGo()
  build(toBuild, log)
}

/** The programs that an extra has built from source. */
function builtFor(extra: Extra): readonly Built[] {
  if (extra === 'cluster') return builtForClusters
  return extra === 'go' || extra === 'browser' ? [] : [extra]
}
