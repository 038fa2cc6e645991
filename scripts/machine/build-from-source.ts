import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { builtPrograms, cache } from './cache.ts'
import { NotInstalled } from './install.ts'
import { goFolder, installGo } from './install-go.ts'

interface Build {
  readonly version: string
  readonly for: string
  /** Puts the program into a folder. */
  readonly build: (go: (...words: string[]) => void, folder: string) => void
}

/** Programs that no package has; they are built from source, once. */
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
} as const satisfies Record<string, Build>
export type Built = keyof typeof builds

/** Where a program is, once it is built. */
export function builtProgram(name: Built): string {
  return join(builtPrograms, name)
}

/** The version is in the path, so that another one is built anew. */
function ofVersion(name: Built): string {
  return join(builtPrograms, `${name}-${builds[name].version}`)
}

/** Those that are still to be built. */
export function notYetBuilt(wanted: readonly Built[]): Built[] {
  return wanted.filter((name) => !existsSync(ofVersion(name)))
}

/** Builds what is not there yet, after saying so. Takes a Go of any age, the network and some minutes. */
export function build(wanted: readonly Built[], log: (line: string) => void): void {
  for (const name of notYetBuilt(wanted)) {
    log(`Building ${name} ${builds[name].version} (${builds[name].for}); this takes some minutes, once.`)
    buildOne(name)
  }
}

function buildOne(name: Built): void {
  mkdirSync(builtPrograms, { recursive: true })
  const folder = mkdtempSync(join(cache, 'build-'))
  try {
    const go = join(installGo(), 'go')
    const path = [goFolder(), process.env.PATH].join(delimiter)
    // A module may want a Go that is newer still, and gets it.
    const env = { ...process.env, PATH: path, GOBIN: folder, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' }
    builds[name].build((...words) => {
      execFileSync(go, words, { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 1_200_000 })
    }, folder)
    // By renames: a build that is broken off leaves nothing that looks like a program.
    renameSync(join(folder, name), ofVersion(name))
    symlinkSync(ofVersion(name), join(folder, 'link'))
    renameSync(join(folder, 'link'), builtProgram(name))
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: Buffer | string }
    const said = String(stderr).trim().split('\n').slice(-5).join('\n') || message
    throw new NotInstalled(`${name} ${builds[name].version} could not be built: ${said}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
