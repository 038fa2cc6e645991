import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import type { StepConditions } from './steps.ts'
import { parseWindow, type Window } from './window.ts'

export interface PlanInputs {
  readonly command: 'plan' | 'admit'
  readonly release: ReleaseInputs
  /** False where the commit of the run is released, which is not evaluated. */
  readonly named: boolean
  readonly github: GitHubInputs
  readonly window: Window | undefined
  readonly overrideReason: string
  /** Path of QA's workflow file; empty: no proof is asked for. */
  readonly provenBy: string
  readonly artifact: string
  /** The image that is released instead of an artifact; empty where there is none. */
  readonly image: string
  readonly rebuild: boolean
  readonly conditions: Omit<StepConditions, 'way' | 'superseded' | 'proven'>
}

export function readPlanInputs(read: InputReader): PlanInputs {
  const command = read.choice('command', { default: 'plan', of: ['plan', 'admit'] })
  const release = readReleaseInputs(read)
  const conditions = readConditions(read, command)
  return {
    command,
    release,
    named: read.text('version') !== '',
    github: readGitHubInputs(read),
    window: readWindow(read),
    overrideReason: read.text('override-reason', { multiline: true }).replace(/\s+/g, ' '),
    // A contract has no artifact, and QA did not verify a source of the caller's own.
    provenBy: conditions.source === '' && conditions.phase !== 'contract' ? readWorkflow(read) : '',
    artifact: read.text('artifact', { default: release.service }),
    image: conditions.image,
    // Neither Render nor a cluster gets an artifact: QA's proof is asked for, its artifact is not.
    rebuild: read.boolean('rebuild', { default: false }) || conditions.target !== 'ssh',
    conditions,
  }
}

function readConditions(read: InputReader, command: PlanInputs['command']): PlanInputs['conditions'] {
  const target = read.choice('target', { default: 'ssh', of: ['ssh', 'render', 'kubernetes'] })
  return {
    target,
    phase: read.choice('phase', { default: 'expand', of: ['expand', 'contract'] }),
    until: read.choice('until', { default: 'switch', of: ['switch', 'gate'] }),
    hasSlots: read.lines('slots').length > 0,
    canary: read.text('canary') !== '',
    urls: read.lines('urls').length > 0,
    database: readMigrates(read, target),
    image: readImage(read, command, target),
    source: read.text('source'),
    artifactFolder: read.text('artifact-folder'),
  }
}

/** On hosts by their database's URL, which is a secret; in a cluster by a Job. */
function readMigrates(read: InputReader, target: StepConditions['target']): boolean {
  const [byUrl, via] = [read.boolean('migrates', { default: false }), read.text('via')]
  return target === 'kubernetes' ? via !== '' : byUrl
}

/**
 * For Render and a cluster several images, a line each. On hosts only Compose runs one; before an approval `restart` is
 * not known.
 */
function readImage(read: InputReader, command: PlanInputs['command'], target: StepConditions['target']): string {
  const image = read.lines('image').join('\n')
  const compose = read.text('restart').startsWith('compose:')
  if (target === 'kubernetes' && image.includes('\n') && read.lines('image').some((line) => !line.includes('@')))
    read.issue('image', 'has several lines, and not all are digests', 'Give one name, or name@sha256:… in each line.')
  if (image === '' || compose || target !== 'ssh' || command === 'plan') return image
  read.unneeded('image', 'is given, and restart is not compose', 'Give restart: compose:FOLDER, or leave image out.')
  return ''
}

function readWindow(read: InputReader): Window | undefined {
  const text = read.text('window')
  if (text === '') return undefined
  const parsed = parseWindow(text)
  if ('window' in parsed) return parsed.window
  read.issue('window', parsed.wrong, parsed.remedy)
  return undefined
}

function readWorkflow(read: InputReader): string {
  const path = read.text('proven-by')
  if (path !== '' && !/^\.github\/workflows\/[\w.-]+\.ya?ml$/.test(path))
    read.issue('proven-by', `is "${path}"`, 'Give the path of a workflow file, such as .github/workflows/qa.yml.')
  return path
}
