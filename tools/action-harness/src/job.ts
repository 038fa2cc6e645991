import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JournalLine, type RecordLine, readJournal, recordOf } from '@belay/action-kit'
import { type Inputs, type Scripts, type StageOptions, type StartedStage, startStage } from './stage.ts'
import { makeStep, type Step } from './step.ts'

const actions = join(import.meta.dirname, '../../../actions')

/** What the runner sets for every job, as far as an action of ours reads it. */
export const defaultEnvironment: Readonly<Record<string, string>> = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'ada',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_JOB: 'release',
  GITHUB_REPOSITORY: 'acme/acme-api',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '77',
  GITHUB_SERVER_URL: 'https://github.com',
}

export interface JobOptions {
  /** Variables of every stage. */
  readonly env?: Readonly<Record<string, string>>
  /** The working folder of every stage; the tests' own where it is left out. */
  readonly cwd?: string
  /** An empty folder to hold the job; a new one where it is left out. `RUNNER_TEMP` is `temp` below it. */
  readonly folder?: string
}

/** One job. */
export interface Job {
  /** `RUNNER_TEMP`. */
  readonly temp: string
  /** Holds the whole of the job: `temp` and the command files. */
  readonly folder: string
  /** The step of that name, new at its first use. `name`: the action's where it is left out. */
  step(action: string | Scripts, name?: string): Step
  /** What the stages so far have written to `GITHUB_ENV`. */
  environment(): Readonly<Record<string, string>>
  /** The lines of the record. */
  record(): RecordLine[]
  /** The lines of the journal. */
  journal(): JournalLine[]
  /** Names in the folder that Belay's steps share, but for the journal. */
  leftovers(): string[]
  /** The text of every file below `folder`, to look for what may not be there. */
  texts(): string
  close(): void
}

export function openJob({ env = {}, cwd, folder = mkdtempSync(join(tmpdir(), 'belay-job-')) }: JobOptions = {}): Job {
  const temp = join(folder, 'temp')
  mkdirSync(temp, { recursive: true })
  const shared = join(temp, 'belay')
  const steps = new Map<string, Step>()
  let environment: Record<string, string> = {}
  let stages = 0
  const journal = () => readJournal(join(shared, 'journal.jsonl')).lines

  function start(script: string, inputs: Inputs, options: StageOptions): StartedStage {
    const { pid, ended } = startStage(script, {
      ...options,
      cwd,
      folder: join(folder, `stage-${++stages}`),
      env: {
        PATH: process.env.PATH ?? '',
        ...defaultEnvironment,
        RUNNER_TEMP: temp,
        ...environment,
        ...env,
        ...variablesOf(inputs),
        ...options.env,
      },
    })
    const noted = ended.then((stage) => {
      environment = { ...environment, ...stage.environment }
      return stage
    })
    return { pid, ended: noted }
  }

  function newStep(action: string | Scripts): Step {
    const { main, post } = typeof action === 'string' ? bundlesOf(action) : action
    return makeStep((kind, inputs, options) => start(kind === 'main' ? main : post, inputs, options))
  }

  return {
    temp,
    folder,
    step(action, name = typeof action === 'string' ? action : action.main) {
      const step = steps.get(name) ?? newStep(action)
      steps.set(name, step)
      return step
    },
    environment: () => environment,
    record: () => recordOf(journal()),
    journal,
    leftovers: () => (existsSync(shared) ? readdirSync(shared).filter((name) => !name.endsWith('.jsonl')) : []),
    texts: () => textsBelow(folder).join('\n'),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function bundlesOf(action: string): Scripts {
  const dist = join(actions, action, 'dist')
  return { main: join(dist, 'index.js'), post: join(dist, 'post.js') }
}

function variablesOf(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

function textsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
