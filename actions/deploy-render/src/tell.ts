import type { Verified } from './check.ts'
import type { RenderStep } from './work.ts'

/** What became of one service in this step, for the output and the summary. */
export interface ServiceReport {
  readonly name: string
  readonly id: string
  readonly url: string
  deploy: string
  /** Render's status of the deploy, or `untouched`, or `not begun`. */
  status: string
  /** What shows that the new release runs; empty where nothing was released, or not to its end. */
  verified: Verified | ''
  seconds: number
}

const words: Record<ServiceReport['verified'], string> = {
  version: 'version verified',
  answer: 'answers, version not verified',
  render: "not verified: Render's word",
  '': '',
}

export function tell(step: RenderStep, reports: readonly ServiceReport[]): void {
  step.output('services', JSON.stringify(reports))
  step.summary(
    [
      '| service | status | verified | deploy | seconds |',
      '|---|---|---|---|---|',
      ...reports.map(
        ({ name, status, verified, deploy, seconds }) =>
          `| ${name} | ${status} | ${words[verified]} | ${deploy} | ${seconds} |`,
      ),
    ].join('\n'),
  )
}
