import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Inputs, type Job, openJob, type Stage, type StartedStage } from '@belay/action-harness'
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

/** A job of one migrate-db step, whose stages are run one at a time; `summary` is as its reader sees it. */
export interface MigrationJob extends Job {
  /** Starts the main stage; it can be killed. */
  start(inputs?: Inputs): StartedStage
  /** `env`: variables of the runner, beside those that every job has. */
  main(inputs?: Inputs, env?: Record<string, string>): Promise<Stage>
  post(jobStatus: 'success' | 'failure' | 'cancelled', inputs?: Inputs): Promise<Stage>
  /** `BELAY_RESULT`, as the next step gets it. */
  result(): string
}

/** A server, a workspace with migrations, and jobs on them. */
export interface Fixture {
  readonly postgres: Postgres
  readonly workspace: string
  readonly folder: string
  /** Writes files of the workspace. */
  write(files: Record<string, string>): void
  /** A fresh database and its URL. */
  database(): Promise<{ name: string; url: string }>
  job(inputs: Record<string, string>): MigrationJob
  close(): Promise<void>
}

export async function openFixture(options: PostgresOptions = {}): Promise<Fixture> {
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
      const place = join(folder, `job-${++jobs}`)
      mkdirSync(place)
      const env = {
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        HOME: join(place, 'temp'),
        RUNNER_TOOL_CACHE: join(folder, 'tool-cache'),
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_RUN_ID: String(1000 + jobs),
      }
      const job = openJob({ env, cwd: workspace, folder: place })
      return migrationJob(job, { service: 'acme-api', environment: 'qa', backup: 'none', ...inputs })
    },
    async close() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function migrationJob(job: Job, base: Inputs): MigrationJob {
  const step = job.step('migrate-db')
  const seen = (stage: Stage): Stage => ({ ...stage, summary: shown(stage.summary) })
  const start = (inputs: Inputs = {}, env: Record<string, string> = {}) => {
    const { pid, ended } = step.start({ 'job-status': 'success', ...base, ...inputs }, { env })
    return { pid, ended: ended.then(seen) }
  }
  return {
    ...job,
    start,
    main: (inputs, env) => start(inputs, env).ended,
    post: (status, inputs) => step.post({ ...base, 'job-status': status, ...inputs }).then(seen),
    result: () => job.environment().BELAY_RESULT ?? '',
  }
}

/** A summary as it is shown: without Markdown's backslashes. */
function shown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
