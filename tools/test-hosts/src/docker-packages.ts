import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from '../../../scripts/machine/cache.ts'
import { whyMissing } from '../../../scripts/machine/missing.ts'

/** A Docker of another Debian than the machine's, unpacked beside it: nothing of it is installed. */
export interface DockerPackages {
  /** The folder with `docker`. */
  readonly bin: string
  readonly dockerd: string
  /** The folder with `docker-buildx` and `docker-compose`. */
  readonly plugins: string
}

export type DebianSuite = 'trixie' | 'forky'

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const packages = ['docker.io', 'docker-cli', 'docker-buildx', 'docker-compose']

/** Why another Debian's Docker cannot be had here; undefined where it can. */
export function canFetchDocker(): string | undefined {
  if (existsSync(folderOf('trixie')) && existsSync(folderOf('forky'))) return undefined
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    return 'another Docker is taken from Debian’s packages; this is no Debian'
  return whyMissing(keyring)
}

/**
 * Docker's daemon, client and plugins of a suite: trixie has 26.1 with buildx 0.13, forky newer ones. Downloaded once
 * (70 MB) into the user's cache by an apt with folders of its own: the machine's lists and packages stay as they are.
 */
export function fetchDocker(suite: DebianSuite): DockerPackages {
  const folder = folderOf(suite)
  if (!existsSync(folder)) download(suite, folder)
  return {
    bin: join(folder, 'usr/bin'),
    dockerd: join(folder, 'usr/sbin/dockerd'),
    plugins: join(folder, 'usr/libexec/docker/cli-plugins'),
  }
}

function folderOf(suite: DebianSuite): string {
  return join(cache, `docker-${suite}`)
}

function download(suite: DebianSuite, folder: string): void {
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, 'docker-'))
  try {
    const env = { ...process.env, APT_CONFIG: ownApt(work, suite) }
    execFileSync('apt-get', ['update', '-q'], { env, cwd: work, stdio: ['ignore', 'ignore', 'pipe'] })
    execFileSync('apt-get', ['download', '-q', ...packages], { env, cwd: work, stdio: ['ignore', 'ignore', 'pipe'] })
    const root = join(work, 'root')
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg-deb', ['--extract', join(work, file), root])
    renameSync(root, folder)
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Lists, archives and sources below `work`; everything else, proxies too, is the machine's. */
function ownApt(work: string, suite: DebianSuite): string {
  for (const name of ['sources', 'lists/partial', 'cache/archives/partial'])
    mkdirSync(join(work, name), { recursive: true })
  const source = [`URIs: ${mirror()}`, 'Types: deb', `Suites: ${suite}`, 'Components: main', `Signed-By: ${keyring}`]
  writeFileSync(join(work, 'sources/own.sources'), `${source.join('\n')}\n`)
  const settings = {
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': join(work, 'sources'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    'Acquire::Languages': 'none',
    // Its user may not write here, and would be warned about.
    'APT::Sandbox::User': 'root',
  }
  const path = join(work, 'apt.conf')
  writeFileSync(
    path,
    Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(''),
  )
  return path
}

/** The mirror that the machine itself uses. */
function mirror(): string {
  const targets = execFileSync('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Identifier: Packages'], {
    encoding: 'utf8',
  })
  const found = targets.split('\n').find((uri) => /\/debian\/?$/.test(uri))
  if (!found) throw new Error('this machine has no Debian mirror among its sources')
  return found
}
