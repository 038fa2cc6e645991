import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const action = join(import.meta.dirname, 'probe-action.ts')

export interface StageResult {
  readonly exit: number | null
  /** Standard output and standard error, as the runner reads both. */
  readonly log: string
  readonly outputs: Record<string, string>
  readonly environment: Record<string, string>
  readonly summary: string
}

/** A job of one step, `probe-action.ts`, started stage by stage as the runner does. `temp` is its RUNNER_TEMP. */
export function openJob() {
  const folder = mkdtempSync(join(tmpdir(), 'belay-kit-'))
  const temp = join(folder, 'temp')
  mkdirSync(temp)
  writeFileSync(join(folder, 'post.js'), `import ${JSON.stringify(action)}\n`)
  let state: Record<string, string> = {}
  let environment: Record<string, string> = {}

  function stage(file: string, variables: Record<string, string>): StageResult {
    const at = mkdtempSync(join(folder, 'stage-'))
    const files = Object.fromEntries(['OUTPUT', 'STATE', 'ENV', 'STEP_SUMMARY'].map((name) => [name, join(at, name)]))
    for (const path of Object.values(files)) writeFileSync(path, '')
    const paths = Object.fromEntries(Object.entries(files).map(([name, path]) => [`GITHUB_${name}`, path]))
    const states = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
    const env = { PATH: process.env.PATH, RUNNER_TEMP: temp, ...environment, ...paths, ...states, ...variables }
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8', timeout: 30_000 })
    const read = (name: string) => readFileSync(files[name] ?? '', 'utf8')
    if (file === action) state = commands(read('STATE'))
    environment = { ...environment, ...commands(read('ENV')) }
    return {
      exit: status,
      log: stdout + stderr,
      outputs: commands(read('OUTPUT')),
      environment,
      summary: read('STEP_SUMMARY'),
    }
  }

  return {
    temp,
    main: (variables: Record<string, string> = {}) => stage(action, variables),
    post: (variables: Record<string, string> = {}) => stage(join(folder, 'post.js'), variables),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** `name<<delimiter` records; the last of a name holds. */
function commands(text: string): Record<string, string> {
  const records = text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2\n/gm)
  return Object.fromEntries([...records].map(([, name = '', , value = '']) => [name, value]))
}
