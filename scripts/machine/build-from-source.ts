import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { builtPrograms, cache } from './cache.ts'
import { NotInstalled } from './install.ts'
import { goFolder, installGo } from './install-go.ts'

interface Build {
  readonly version: string
  readonly for: string
  /** Writes the program into a folder. */
  readonly build: (go: (...words: string[]) => void, folder: string) => void
}

/** Go modules of this repository. A change of one of their files is another version of the program. */
const modules = join(import.meta.dirname, '../../tools/test-cluster/go')

function versionOf(version: string, name: string, files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(modules, name, file)))
  return `${version}-${hash.digest('hex').slice(0, 8)}`
}

const kubernetes = '1.36.3'
const [, minor = ''] = kubernetes.split('.')
const stamp = { gitVersion: `v${kubernetes}`, gitMajor: '1', gitMinor: minor, gitTreeState: 'clean' }
const stamps = Object.entries(stamp).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)

/** Programs without a package; they are built from source, once. */
const builds = {
  migrate: {
    version: '4.20.1',
    for: 'golang-migrate, one of the tools that migrate-db drives',
    build: (go) => go('install', '-tags', 'postgres', 'github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.1'),
  },
  buildkitd: {
    version: '0.25.1',
    for: 'a BuildKit beside the Docker engine, as docker/setup-buildx-action starts one',
    // Its module has replacements, which `go install` refuses.
    build: (go, folder) => {
      go('mod', 'init', 'buildkit.test/b')
      go('get', 'github.com/moby/buildkit/cmd/buildkitd@v0.25.1')
      go('build', '-ldflags', '-s -w', '-o', join(folder, 'buildkitd'), 'github.com/moby/buildkit/cmd/buildkitd')
    },
  },
  actionlint: {
    version: '1.7.12',
    for: 'the linter of workflows',
    build: (go) => go('install', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'),
  },
  kube: {
    version: versionOf(kubernetes, 'kube', ['go.mod', 'go.sum', 'main.go']),
    for: 'Kubernetes: etcd, control plane, node and kubectl in one program',
    build: (go, folder) => {
      const flags = ['-trimpath', '-ldflags', ['-s -w', ...stamps].join(' ')]
      go('-C', join(modules, 'kube'), 'build', ...flags, '-o', join(folder, 'kube'), '.')
    },
  },
  'cluster-app': {
    version: versionOf('1', 'app', ['go.mod', 'main.go', 'migrate.go']),
    for: 'the program of the images that tests deploy to a cluster',
    build: (go, folder) => {
      go('-C', join(modules, 'app'), 'build', '-trimpath', '-ldflags', '-s -w', '-o', join(folder, 'cluster-app'), '.')
    },
  },
  helm: {
    version: '4.2.4',
    for: 'Helm, which releases charts to a cluster',
    build: (go) => {
      const flags = ['-trimpath', '-ldflags', '-s -w -X helm.sh/helm/v4/internal/version.version=v4.2.4']
      go('install', ...flags, 'helm.sh/helm/v4/cmd/helm@v4.2.4')
    },
  },
  kwok: {
    version: '0.8.0',
    for: 'simulated nodes, for tests with more pods than a machine can run',
    build: (go) => go('install', '-trimpath', '-ldflags', '-s -w', 'sigs.k8s.io/kwok/cmd/kwok@v0.8.0'),
  },
} as const satisfies Record<string, Build>
export type Built = keyof typeof builds

/** What a test cluster is built from. */
export const builtForClusters: readonly Built[] = ['kube', 'cluster-app', 'kwok']

/** The path of a program after its build. */
export function builtProgram(name: Built): string {
  return join(builtPrograms, name)
}

/** The version is in the path, so that another version is built again. */
function ofVersion(name: Built): string {
  return join(builtPrograms, `${name}-${builds[name].version}`)
}

/** The programs that are not built yet. */
export function notYetBuilt(wanted: readonly Built[]): Built[] {
  return wanted.filter((name) => !existsSync(ofVersion(name)))
}

/** Builds what is missing, after a log line. Needs a Go of any version, the network and some minutes. */
export function build(wanted: readonly Built[], log: (line: string) => void): void {
  for (const name of notYetBuilt(wanted)) {
    log(`Building ${name} ${builds[name].version} (${builds[name].for}); this takes some minutes, only once.`)
    buildOne(name)
  }
}

function buildOne(name: Built): void {
  mkdirSync(builtPrograms, { recursive: true })
  const folder = mkdtempSync(join(cache, 'build-'))
  try {
    const go = join(installGo(), 'go')
    const path = [goFolder(), process.env.PATH].join(delimiter)
    // A module that needs a still newer Go gets it.
    const env = { ...process.env, PATH: path, GOBIN: folder, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' }
    builds[name].build((...words) => {
      execFileSync(go, words, { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 1_200_000 })
    }, folder)
    // By renames: an interrupted build leaves no incomplete program.
    renameSync(join(folder, name), ofVersion(name))
    symlinkSync(ofVersion(name), join(folder, 'link'))
    renameSync(join(folder, 'link'), builtProgram(name))
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: Buffer | string }
    const output = String(stderr).trim().split('\n').slice(-5).join('\n') || message
    throw new NotInstalled(`${name} ${builds[name].version} could not be built: ${output}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
