import { execFileSync } from 'node:child_process'
import { accessSync, constants, globSync } from 'node:fs'
import { dirname } from 'node:path'
import { canHaveNetworks } from '@belay/test-hosts'
import { builtForClusters, notYetBuilt } from '../../../scripts/machine/build-from-source.ts'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { programsFor } from '../../../scripts/machine/programs.ts'

/** Why no cluster can be started here, and what brings it; undefined where one can. */
export function canStartCluster(): string | undefined {
  if (process.platform !== 'linux') return `a cluster needs Linux namespaces; this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'a cluster needs root, for containers of its own'
  const missing = whyMissing(...programsFor('clusters'), 'containerd', 'runc', 'docker-registry', 'openssl', 'tar')
  if (missing ?? canHaveNetworks()) return missing ?? canHaveNetworks()
  const toBuild = notYetBuilt(builtForClusters)
  if (toBuild.length > 0)
    return `not built from source yet: ${toBuild.join(', ')}. How to fix: npm run machine -- kubernetes`
  try {
    execFileSync('unshare', ['--mount', '--pid', '--net', '--fork', 'true'], { stdio: 'pipe' })
  } catch (error) {
    return `unshare does not work here: ${(error as Error).message}`
  }
  const readOnly = hierarchies().find((folder) => !mayWrite(folder))
  return readOnly && `control groups cannot be made in ${readOnly}. How to fix: start the container with --privileged.`
}

/** The same for tests that release charts to it. */
export function canRunHelm(): string | undefined {
  const missing = notYetBuilt(['helm']).length > 0
  return (
    canStartCluster() ??
    (missing ? 'helm is not built from source yet. How to fix: npm run machine -- kubernetes' : undefined)
  )
}

/** The roots of control groups: several in version 1, one in version 2. */
function hierarchies(): string[] {
  return globSync('/sys/fs/cgroup/{,*/}cgroup.procs').map(dirname)
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
