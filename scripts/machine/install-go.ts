import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from './cache.ts'

/** act, golang-migrate and buildkitd need this version; Debian's own is older, but can download a newer one as a module. */
const wanted = { minor: 25, version: '1.25.11' }
const downloadedGo = join(cache, 'go')

/** The folder of a Go that is new enough: the machine's own, else the downloaded one. Undefined if both are missing. */
export function goFolder(): string | undefined {
  const own = /^go1\.(\d+)/.exec(ask('go', 'env', 'GOVERSION') ?? '')?.[1]
  if (Number(own ?? 0) >= wanted.minor) return join((ask('go', 'env', 'GOROOT') ?? '').trim(), 'bin')
  return existsSync(join(downloadedGo, 'go')) ? downloadedGo : undefined
}

/** Returns the folder of a Go that is new enough. If needed, the machine's older Go downloads it. */
export function installGo(): string {
  const folder = goFolder()
  if (folder) return folder
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const module = `golang.org/toolchain@v0.0.1-go${wanted.version}.linux-${arch}`
  const output = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', timeout: 600_000 })
  const { Dir: dir } = JSON.parse(output) as { Dir: string }
  // Modules have no file modes.
  for (const file of globSync(['bin/*', 'pkg/tool/*/*'], { cwd: dir })) chmodSync(join(dir, file), 0o755)
  mkdirSync(cache, { recursive: true })
  rmSync(downloadedGo, { force: true })
  symlinkSync(join(dir, 'bin'), downloadedGo)
  return downloadedGo
}

function ask(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return undefined
  }
}
