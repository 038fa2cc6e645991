import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { parseWindow, type Window } from './window.ts'

export interface PlanInputs {
  readonly command: 'plan' | 'judge'
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
  readonly window: Window | undefined
  readonly overrideReason: string
  /** Path of QA's workflow file; empty: no proof is asked for. */
  readonly provenBy: string
  readonly artifact: string
  /** The image that is released instead of an artifact; empty where there is none. */
  readonly image: string
  readonly rebuild: boolean
}

export function readPlanInputs(read: InputReader): PlanInputs {
  const release = readReleaseInputs(read)
  return {
    command: read.choice('command', { default: 'plan', of: ['plan', 'judge'] }),
    release,
    github: readGitHubInputs(read),
    window: readWindow(read),
    overrideReason: read.text('override-reason', { multiline: true }).replace(/\s+/g, ' '),
    provenBy: readWorkflow(read),
    artifact: read.text('artifact', { default: release.service }),
    image: read.text('image'),
    rebuild: read.boolean('rebuild', { default: false }),
  }
}

function readWindow(read: InputReader): Window | undefined {
  const text = read.text('window')
  if (text === '') return undefined
  const parsed = parseWindow(text)
  if ('window' in parsed) return parsed.window
  read.mistake('window', parsed.wrong, parsed.mend)
  return undefined
}

function readWorkflow(read: InputReader): string {
  const path = read.text('proven-by')
  if (path !== '' && !/^\.github\/workflows\/[\w.-]+\.ya?ml$/.test(path))
    read.mistake('proven-by', `is "${path}"`, 'Give the path of a workflow file, such as .github/workflows/qa.yml.')
  return path
}
