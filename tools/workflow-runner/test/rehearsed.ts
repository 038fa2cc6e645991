import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import {
  type JobResult,
  type RunController,
  type RunEvent,
  type Step,
  startWorkflow,
  type WorkflowRunOptions,
} from '../src/index.ts'

/** A fixture action: the text of its two stages. They may use `say`, `input`, `state`, `record` and `fs`. */
export interface Fixture {
  main?: string
  post?: string
  postIf?: string
  inputs?: Record<string, string>
}

/** A Belay checkout and a caller's repository in a folder of the test's own, gone after it with all that runs. */
export interface Lab {
  root: string
  belayRoot: string
  callerRoot: string
  write(path: string, text: string): string
  action(name: string, fixture: Fixture): void
  composite(name: string, manifest: object): void
  start(
    options: Partial<WorkflowRunOptions> & Pick<WorkflowRunOptions, 'workflow'>,
  ): ReturnType<typeof startWorkflow> & { events: RunEvent[] }
  /** Runs one job `j` made of steps. */
  job(steps: Step[], options?: Partial<WorkflowRunOptions>, job?: object): Promise<JobResult & { events: RunEvent[] }>
}

const HELPERS = `
const fs = require('fs')
const say = (file, line) => fs.appendFileSync(process.env['GITHUB_' + file], line + '\\n')
const input = (name) => process.env['INPUT_' + name.toUpperCase()]
const state = (name) => process.env['STATE_' + name]
const record = (line) => {
  fs.mkdirSync(process.env.RUNNER_TEMP + '/belay', { recursive: true })
  fs.appendFileSync(process.env.RUNNER_TEMP + '/belay/journal.jsonl', JSON.stringify(line) + '\\n')
}
`

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

export function createLab(): Lab {
  const root = mkdtempSync(join(tmpdir(), 'belay-'))
  const controllers: RunController[] = []
  cleanups.push(() => {
    for (const controller of controllers) controller.loseRunner()
    rmSync(root, { recursive: true, force: true })
  })
  const write = (path: string, text: string) => {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }
  const lab: Lab = {
    root,
    belayRoot: join(root, 'belay'),
    callerRoot: join(root, 'caller'),
    write,
    action(name, { main = '', post, postIf, inputs = {} }) {
      const runs = { using: 'node24', main: 'main.cjs', ...(post === undefined ? {} : { post: 'post.cjs' }) }
      const manifest = {
        name,
        inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, { default: value }])),
        runs: { ...runs, ...(postIf === undefined ? {} : { 'post-if': postIf }) },
      }
      write(`belay/actions/${name}/action.yml`, JSON.stringify(manifest))
      write(`belay/actions/${name}/main.cjs`, HELPERS + main)
      if (post !== undefined) write(`belay/actions/${name}/post.cjs`, HELPERS + post)
    },
    composite: (name, manifest) => void write(`belay/actions/${name}/action.yml`, JSON.stringify(manifest)),
    start(options) {
      const events: RunEvent[] = []
      const { belayRoot, callerRoot } = lab
      mkdirSync(callerRoot, { recursive: true })
      const started = startWorkflow({
        belayRoot,
        callerRoot,
        workDir: join(root, 'work'),
        ...options,
        onEvent(event, controller) {
          events.push(event)
          options.onEvent?.(event, controller)
        },
      })
      controllers.push(started.controller)
      return { ...started, events }
    },
    async job(steps, options = {}, job = {}) {
      const { result, events } = lab.start({ workflow: { jobs: { j: { steps, ...job } } }, ...options })
      const ended = (await result).jobs.j as JobResult
      return { ...ended, events }
    },
  }
  return lab
}

/** The stages of a job that ran, as `path stage outcome`, with the conclusion where it differs. */
export function outcomesOf(job: JobResult): string[] {
  return job.steps.map(({ path, stage, outcome, conclusion }) => {
    const name = `${path.slice(path.indexOf('/') + 1)} ${stage} ${outcome}`
    return outcome === conclusion ? name : `${name}>${conclusion}`
  })
}

/** The log of one stage of a step. */
export function logOf(job: JobResult, path: string, stage = 'main'): string {
  return job.steps.find((step) => step.path === `j/${path}` && step.stage === stage)?.log ?? '(did not run)'
}
