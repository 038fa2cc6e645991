import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The version that the tests know: where act differs from GitHub's runner, another one may differ otherwise. */
const actVersion = '0.2.89'

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'belay', `act-${actVersion}`)

/** The program, once `canRunAct` has found no reason against it. */
export const actProgram = join(folder, 'act')

/**
 * Why act can't be run here; undefined where it can. The first time it is built into the user's cache, which takes a
 * minute or two (more on a busy machine) and the network.
 */
export async function canRunAct(): Promise<string | undefined> {
  if (existsSync(actProgram)) return undefined
  mkdirSync(folder, { recursive: true })
  const built = mkdtempSync(join(folder, 'build-'))
  try {
    const env = { ...process.env, GOBIN: built }
    const options = { env, cwd: built, timeout: 900_000 }
    await promisify(execFile)('go', ['install', `github.com/nektos/act@v${actVersion}`], options)
    // By one rename: a build that is broken off leaves nothing that looks like a program.
    renameSync(join(built, 'act'), actProgram)
    return undefined
  } catch (error) {
    return `act ${actVersion} could not be built: ${whyNot(error as Error & { code?: unknown; stderr?: string })}`
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
}

function whyNot({ code, stderr, message }: Error & { code?: unknown; stderr?: string }): string {
  const remedy = 'Install Go 1.21 or newer (https://go.dev/dl); it fetches the version that act wants.'
  if (code === 'ENOENT') return `there is no go on PATH. ${remedy}`
  const last = stderr?.trim().split('\n').at(-1) || message
  return /invalid go version|requires go|newer Go version/i.test(stderr ?? '') ? `${last}. ${remedy}` : last
}
