import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRecord } from '@belay/release-model'

const dist = join(import.meta.dirname, '../../dist')

export interface StageResult {
  readonly status: number | null
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** One job: its bundles are started as the runner starts them, and share a folder that is removed at its end. */
export function openJob(env: Record<string, string>) {
  const temp = mkdtempSync(join(tmpdir(), 'belay-job-'))
  const states: string[] = []
  let steps = 0

  return {
    temp,
    record: () => readRecord(join(temp, 'belay/record.jsonl')),
    /** Other files in the folder that the steps share, without journal and record. */
    left: () =>
      existsSync(join(temp, 'belay'))
        ? readdirSync(join(temp, 'belay')).filter((name) => !name.endsWith('.jsonl'))
        : [],
    main: (inputs: Record<string, string>, during?: (child: ChildProcess) => void) =>
      stage('index.js', inputs, '', during),
    /** The post of the last step that has none yet; `jobStatus` is the status of the job. */
    post: (inputs: Record<string, string>, jobStatus: string) =>
      stage('post.js', { ...inputs, 'job-status': jobStatus }, states.pop() ?? ''),
    close: () => rmSync(temp, { recursive: true, force: true }),
  }

  async function stage(
    file: string,
    inputs: Record<string, string>,
    state: string,
    during?: (child: ChildProcess) => void,
  ): Promise<StageResult> {
    const folder = join(temp, `files-${++steps}`)
    mkdirSync(folder)
    const files = Object.fromEntries(
      ['OUTPUT', 'STATE', 'ENV', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(folder, name)]),
    )
    for (const path of Object.values(files)) writeFileSync(path, '')
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    )
    const child = spawn(process.execPath, [join(dist, file)], {
      env: { ...env, RUNNER_TEMP: temp, GITHUB_ACTIONS: 'true', STATE_belay: state, ...files, ...given },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 100_000,
      killSignal: 'SIGKILL',
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk))
    during?.(child)
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    if (file === 'index.js') states.push(valuesIn(read('STATE')).belay ?? '')
    return { status, log, outputs: valuesIn(read('OUTPUT')), summary: read('STEP_SUMMARY') }
  }
}

/** Reads `name<<delimiter`, the value's lines and the delimiter again, as the runner does. */
function valuesIn(text: string): Record<string, string> {
  const found = text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}
