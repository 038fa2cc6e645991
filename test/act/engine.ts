import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type RunController,
  type RunEvent,
  type StepResult,
  type StepStage,
  stepPaths,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from '@belay/workflow-runner'
import { createFaultPlan } from '../../tools/workflow-runner/src/faults.ts'
import { watchJournal } from '../../tools/workflow-runner/src/journal-watch.ts'
import { root } from '../support/fixture.ts'
import { builtinFacts, factsOf, writeBuiltins, yamlBelow } from './builtin.ts'
import type { Line } from './log.ts'
import { pathsFrom } from './paths.ts'
import { exportActions, type Repositories } from './repositories.ts'
import { type ActControl, cacheOf, runUnderAct } from './run.ts'

/** How often journals and ending steps are looked for, in milliseconds. */
const interval = 5

type StepLog = { -readonly [Key in keyof StepResult]: StepResult[Key] } & { readonly job: string }

/** Belay and the actions of others, for all runs. `folder`: where they are written. */
export function openBelay(folder: string): Repositories {
  const belay = exportActions(root, join(folder, 'belay'))
  return { ...belay, ...writeBuiltins(join(folder, 'others'), yamlBelow(join(folder, 'belay'))) }
}

/**
 * Runs a workflow under act, with the options and the result of our own runner's `startWorkflow`. What act does not have:
 * - environments: their variables and secrets are the repository's;
 * - the outputs of jobs in its log: `outputs.result` is the last BELAY_RESULT that a step wrote;
 * - jobs after a lost runner.
 */
export function startUnderAct(repositories: Repositories) {
  return (options: WorkflowRunOptions): { controller: RunController; result: Promise<WorkflowRunResult> } => {
    const run = new Run(options)
    return { controller: run.controller, result: run.whole(repositories) }
  }
}

class Run {
  readonly controller: RunController
  readonly #options: WorkflowRunOptions
  readonly #workDir: string
  readonly #held: string
  readonly #steps: StepLog[] = []
  /** How jobs ended. */
  readonly #jobs = new Map<string, StepResult['conclusion']>()
  /** What their steps wrote to GITHUB_ENV. */
  readonly #env = new Map<string, Record<string, string>>()
  #control: ActControl | undefined
  #cancelled = false
  #lost = false
  #acting: number | undefined

  constructor(options: WorkflowRunOptions) {
    this.#options = options
    this.#workDir = join(options.workDir, `act${options.runId}`)
    this.#held = join(this.#workDir, 'held')
    this.controller = {
      cancel: () => {
        this.#cancelled = true
        this.#control?.cancel()
      },
      kill: () => {
        for (const pid of this.#acting ? [this.#acting] : this.#actions()) process.kill(pid, 'SIGKILL')
      },
      loseRunner: () => {
        this.#lost = true
        this.#control?.loseRunner()
      },
    }
  }

  async whole(repositories: Repositories): Promise<WorkflowRunResult> {
    const options = this.#options
    mkdirSync(this.#held, { recursive: true })
    const known = await stepPaths({ ...options, workDir: this.#workDir })
    const paths = pathsFrom(known)
    const faults = createFaultPlan(options.faults ?? {}, this.controller, (event) => this.#emit(event))
    const watched = new Map<string, () => void>()
    const follow = () => {
      for (const journal of this.#journals())
        if (!watched.has(journal))
          watched.set(
            journal,
            watchJournal(journal).follow((line) => {
              const step = this.#running()
              if (!step) return
              this.#emit({ type: 'journal', path: step.path, stage: step.stage, line })
              faults.atLine(step.path, step.stage, line)
            }),
          )
    }
    const answer = () => {
      for (const name of readdirSync(this.#held).filter((name) => name.endsWith('.ends'))) {
        const mine = join(this.#held, name.slice(0, -'.ends'.length))
        const step = this.#running()
        // act's own line may not have been read yet.
        if (existsSync(`${mine}.answer`) || step?.path.split('/').at(-1) !== this.#nameOf(`${mine}.ends`, known))
          continue
        this.#acting = Number(name.slice(0, -'.ends'.length))
        const fails = faults.atEnd(step.path, step.stage, true)
        this.#acting = undefined
        writeFileSync(`${mine}.answer`, fails ? 'fail' : 'go')
      }
    }
    const timer = setInterval(() => {
      follow()
      answer()
    }, interval)
    try {
      const { status, log, left } = await runUnderAct({
        ...this.#files(repositories),
        onStart: (control) => {
          this.#control = control
        },
        onLine: (line) => this.#read(line, paths),
      })
      if (left.length > 0) this.#emit({ type: 'orphans', job: [...this.#jobs.keys()].at(-1) ?? '', pids: [...left] })
      return this.#resultOf(status, log, faults.injected())
    } finally {
      clearInterval(timer)
      for (const stop of watched.values()) stop()
    }
  }

  #files(repositories: Repositories) {
    const { workflow: file, callerRoot, belayRoot, sha = '', ref = 'refs/heads/main', runId = '1' } = this.#options
    if (typeof file !== 'string') throw new Error('act runs a file')
    const { event = { name: 'push' }, inputs = {}, apiUrl = '', repository = 'acme/acme', jobs, token } = this.#options
    const { vars, secrets, environments = {}, artifacts, workDir, stepEnv, faults } = this.#options
    const facts = factsOf({
      ...{ callerRoot, repository, sha, ref, belayRoot, runId, workDir },
      artifacts: artifacts ?? join(workDir, 'artifacts'),
    })
    const factsFile = join(this.#workDir, 'facts.json')
    writeFileSync(factsFile, JSON.stringify(facts))
    const all = Object.values(environments)
    const payload = { ref, after: sha, deleted: false, repository: { default_branch: 'main' } }
    return {
      workflow: readFileSync(file, 'utf8'),
      workspace: callerRoot,
      workDir: this.#workDir,
      event: { name: event.name, payload: { ...payload, ...(Object.keys(inputs).length > 0 && { inputs }) } },
      ...{ sha, repository, apiUrl, runId, ...(jobs?.[0] && { job: jobs[0] }) },
      repositories: { ...repositories, ...writeBuiltins(join(this.#workDir, 'others'), [file]) },
      nodeFolder: join(root, 'node_modules/.bin'),
      vars: Object.assign({}, vars, ...all.map((one) => one.vars)) as Record<string, string>,
      secrets: {
        GITHUB_TOKEN: typeof token === 'function' ? token('write-all') : (token ?? 'ghs_fake'),
        ...(Object.assign({}, secrets, ...all.map((one) => one.secrets)) as Record<string, string>),
      },
      env: {
        ...stepEnv?.('', 'main'),
        [builtinFacts]: factsFile,
        ...(faults && {
          NODE_OPTIONS: `--require=${join(import.meta.dirname, 'at-exit.cjs')}`,
          BELAY_TEST_HELD: this.#held,
        }),
      },
    }
  }

  #read(line: Line, paths: ReturnType<typeof pathsFrom>): void {
    const job = paths.job(line)
    if (job === undefined) return
    if (line.jobResult) this.#jobs.set(job, line.jobResult as StepResult['conclusion'])
    const path = paths.step(line)
    if (path === undefined || (line.stage !== 'Main' && line.stage !== 'Post')) return
    const stage: StepStage = line.stage === 'Main' ? 'main' : 'post'
    if (line.msg.startsWith('\u2b50 Run ')) {
      const none = { outputs: {}, log: '', summary: '', annotations: [], ms: 0 }
      this.#steps.push({ job, path, stage, outcome: 'lost', conclusion: 'lost', ...none })
      this.#emit({ type: 'step-start', path, stage, name: path })
    }
    const step = this.#steps.findLast((one) => one.path === path && one.stage === stage)
    if (!step) return
    if (line.raw_output) {
      step.log += `${line.msg.trimEnd()}\n`
      this.#emit({ type: 'log', path, stage, line: line.msg.trimEnd() })
    }
    if (line.command === 'set-env' && line.name)
      this.#env.set(job, { ...this.#env.get(job), [line.name]: line.arg ?? '' })
    if (line.command === 'set-output' && line.name) step.outputs = { ...step.outputs, [line.name]: line.arg ?? '' }
    if (line.stepResult && line.executionTime !== undefined) {
      step.outcome = line.stepResult as StepResult['outcome']
      step.conclusion = step.outcome
      step.ms = Math.round(line.executionTime / 1e6)
      // In the order in which they end, as our own runner has them.
      this.#steps.splice(this.#steps.indexOf(step), 1)
      this.#steps.push(step)
      this.#emit({ type: 'step-end', result: step })
    }
  }

  #resultOf(status: number, log: string, injected: WorkflowRunResult['injected']): WorkflowRunResult {
    const names = new Set([...this.#jobs.keys(), ...this.#steps.map(({ job }) => job)])
    const jobs = [...names].map((name) => {
      const own = this.#steps.filter(({ job }) => job === name)
      // Those at work when the runner was lost: the innermost first, as steps end.
      const atWork = own.filter(({ outcome }) => outcome === 'lost').reverse()
      const steps = [...own.filter(({ outcome }) => outcome !== 'lost'), ...atWork]
      const env = this.#env.get(name) ?? {}
      const result: WorkflowRunResult['jobs'][string] = {
        conclusion: this.#jobs.get(name) ?? (this.#lost ? 'lost' : 'failure'),
        outputs: env.BELAY_RESULT ? { result: env.BELAY_RESULT } : {},
        env,
        steps,
        ...{ journalPath: '', runnerTemp: '', workspace: '', recorded: {} },
      }
      return [name, result] as const
    })
    const ended = this.#cancelled ? 'cancelled' : status === 0 ? 'success' : 'failure'
    if (names.size === 0) throw new Error(`act ran no job\n${log}`)
    return {
      runId: this.#options.runId ?? '',
      conclusion: this.#lost ? 'lost' : ended,
      jobs: Object.fromEntries(jobs),
      injected,
    }
  }

  /** The step at work: the innermost one that has not ended. */
  #running(): StepLog | undefined {
    return this.#steps.findLast(({ outcome }) => outcome === 'lost')
  }

  #nameOf(file: string, known: readonly string[]): string {
    const id = readFileSync(file, 'utf8')
    const step = this.#running()
    if (!/^\d+$/.test(id) || !step) return id
    const parent = step.path.split('/').slice(0, -1).join('/')
    const siblings = known.filter((path) => path.split('/').slice(0, -1).join('/') === parent)
    return siblings[Number(id)]?.split('/').at(-1) ?? id
  }

  #journals(): string[] {
    const folder = join(cacheOf(this.#workDir), 'act')
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .map((name) => join(folder, name, 'tmp/belay/journal.jsonl'))
      .filter((path) => existsSync(path))
  }

  /** The processes of actions. */
  #actions(): number[] {
    const isAction = (pid: number) => {
      try {
        return /\/dist\/(index|post)\.js\0/.test(`${readFileSync(`/proc/${pid}/cmdline`, 'utf8')}\0`)
      } catch {
        return false
      }
    }
    return this.#control?.processes().filter(isAction) ?? []
  }

  #emit(event: RunEvent): void {
    this.#options.onEvent?.(event, this.controller)
  }
}
