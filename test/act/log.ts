/** A line of `act --json`, as far as it is read here. */
export interface Line {
  /** `Workflow/job`; in a called workflow `caller/Workflow/job`, the caller being a job. */
  readonly job?: string
  readonly jobID?: string
  readonly matrix?: Record<string, string> | null
  /** A path. In the posts of a composite it also holds the steps whose posts came before: act nests them. */
  readonly stepID?: readonly string[]
  readonly stage?: 'Pre' | 'Main' | 'Post'
  readonly msg: string
  /** What a step printed itself. */
  readonly raw_output?: boolean
  readonly stepResult?: string
  readonly executionTime?: number
  readonly jobResult?: string
  readonly command?: string
  readonly name?: string
  readonly arg?: string
}

/** One stage of one step. */
export interface ActStage {
  /** `job/step`, `job/step/nested`. */
  readonly path: string
  readonly stage: 'Main' | 'Post'
  /** undefined if act was killed before its end. */
  outcome: string | undefined
  /** What it printed. */
  log: string
  /** What it wrote to GITHUB_ENV. */
  readonly env: Record<string, string>
}

/** The stages in the order in which they began. Those that were skipped are not among them. Pure. */
export function stagesOf(lines: readonly Line[]): ActStage[] {
  const stages: ActStage[] = []
  for (const line of lines) {
    const path = pathOf(line)
    if (path === undefined || (line.stage !== 'Main' && line.stage !== 'Post')) continue
    if (line.msg.startsWith('\u2b50 Run '))
      stages.push({ path, stage: line.stage, outcome: undefined, log: '', env: {} })
    const stage = stages.findLast((one) => one.path === path && one.stage === line.stage)
    if (!stage) continue
    if (line.raw_output) stage.log += `${line.msg.trimEnd()}\n`
    if (line.stepResult && line.executionTime !== undefined) stage.outcome = line.stepResult
    if (line.command === 'set-env' && line.name) stage.env[line.name] = line.arg ?? ''
  }
  return stages
}

/** The path of the step that a line is about; undefined where it is about none. */
export function pathOf({ jobID, stepID }: Line): string | undefined {
  const [step, ...nested] = stepID ?? []
  if (step === undefined) return undefined
  return [jobID, step, ...nested.slice(-1)].join('/')
}
