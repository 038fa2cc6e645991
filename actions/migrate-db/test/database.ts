import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type RecordLine, readRecord } from '@belay/release-model'
import { canStartPostgres, type Postgres, type PostgresOptions, startPostgres } from '@belay/test-hosts'
import { root } from '../../../test/contracts/manifests.ts'

/** The tools as a repository would have them, by the name of their program. */
const programs: Record<string, string> = {
  dbmate: join(root, `node_modules/@dbmate/linux-${process.arch}/bin/dbmate`),
  'node-pg-migrate': join(root, 'node_modules/.bin/node-pg-migrate'),
  migrate: join(homedir(), '.cache/belay/bin/migrate'),
}

/** Why migrations cannot run here; undefined if they can. */
export function canMigrate(...tools: string[]): string | undefined {
  const missing = tools.filter((tool) => !existsSync(programs[tool] ?? ''))
  const install = {
    dbmate: 'npm ci',
    'node-pg-migrate': 'npm ci',
    migrate: 'go install golang-migrate with -tags postgres into ~/.cache/belay/bin',
  }
  if (missing.length > 0)
    return `missing: ${missing.map((tool) => `${tool} (${install[tool as keyof typeof install]})`).join(', ')}`
  return canStartPostgres()
}

/** One finished stage of a step. */
export interface Stage {
  readonly status: number | null
  readonly log: string
  readonly outputs: Record<string, string>
  readonly summary: string
}

/** A job of one migrate-db step, whose stages run one at a time. */
export interface Job {
  readonly temp: string
  /** Starts the main stage; it can be killed. */
  start(inputs?: Record<string, string>, env?: Record<string, string>): { pid: number; ended: Promise<Stage> }
  /** `env`: variables of the runner, beside those that every job has. */
  main(inputs?: Record<string, string>, env?: Record<string, string>): Promise<Stage>
  post(jobStatus: 'success' | 'failure' | 'cancelled', inputs?: Record<string, string>): Promise<Stage>
  /** `BELAY_RESULT`, as the next step gets it. */
  result(): string
  record(): RecordLine[]
  journal(): Record<string, unknown>[]
}

/** A server, a workspace with migrations, and jobs on them. */
export interface Bench {
  readonly postgres: Postgres
  readonly workspace: string
  readonly folder: string
  /** Writes files of the workspace. */
  write(files: Record<string, string>): void
  /** A fresh database and its URL. */
  database(): Promise<{ name: string; url: string }>
  job(inputs: Record<string, string>): Job
  close(): Promise<void>
}

export async function openBench(options: PostgresOptions = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'bm-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const [name, program] of Object.entries(programs)) if (existsSync(program)) symlinkSync(program, join(bin, name))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres(options)
  let databases = 0
  let jobs = 0
  return {
    postgres,
    workspace,
    folder,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(workspace, path, '..'), { recursive: true })
        writeFileSync(join(workspace, path), text)
      }
    },
    async database() {
      const name = `db_${process.pid}_${++databases}`
      await postgres.createDatabase(name)
      return { name, url: postgres.url(name) }
    },
    job(inputs) {
      const temp = join(folder, `job-${++jobs}`)
      mkdirSync(temp)
      return openJob(
        { temp, workspace, bin, runId: String(1000 + jobs) },
        { service: 'acme-api', environment: 'qa', backup: 'none', ...inputs },
      )
    },
    async close() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function openJob(
  place: { temp: string; workspace: string; bin: string; runId: string },
  base: Record<string, string>,
): Job {
  const { temp } = place
  const file = (name: string) => join(temp, name)
  const read = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
  const run = (stage: 'index' | 'post', inputs: Record<string, string>, more: Record<string, string>) => {
    for (const name of ['output', 'summary']) writeFileSync(file(name), '')
    const given = Object.entries({ ...base, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    const child = spawn(process.execPath, [join(root, `actions/migrate-db/dist/${stage}.js`)], {
      cwd: place.workspace,
      env: {
        PATH: `${place.bin}${delimiter}${process.env.PATH}`,
        HOME: temp,
        RUNNER_TEMP: temp,
        RUNNER_TOOL_CACHE: join(place.workspace, '../tool-cache'),
        GITHUB_WORKSPACE: place.workspace,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_RUN_ID: place.runId,
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'release',
        GITHUB_OUTPUT: file('output'),
        GITHUB_STATE: file('state'),
        GITHUB_ENV: file('env'),
        GITHUB_STEP_SUMMARY: file('summary'),
        ...Object.fromEntries(given),
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text
      })
    const ended = new Promise<Stage>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) =>
        resolve({ status, log, outputs: values(read('output')), summary: shown(read('summary')) }),
      )
    })
    return { pid: child.pid ?? 0, ended }
  }
  const start: Job['start'] = (inputs = {}, env = {}) => {
    for (const name of ['state', 'env']) if (!existsSync(file(name))) writeFileSync(file(name), '')
    return run('index', { 'job-status': 'success', ...inputs }, env)
  }
  return {
    temp,
    start,
    main: (inputs, env) => start(inputs, env).ended,
    post: (status, inputs = {}) =>
      run('post', { 'job-status': status, ...inputs }, { STATE_belay: values(read('state')).belay ?? '' }).ended,
    result: () => values(read('env')).BELAY_RESULT ?? '',
    record: () => readRecord(file('belay/record.jsonl')),
    journal: () =>
      read('belay/journal.jsonl')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

/** A summary as it is shown: without Markdown's backslashes. */
function shown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

/** What a step wrote to one of the runner's files: `name<<MARK`, the value, `MARK`; the last one counts. */
function values(text: string): Record<string, string> {
  const found = [...text.matchAll(/^([^\n<=]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)]
  return Object.fromEntries(found.map(([, name, , value]) => [name, value]))
}
