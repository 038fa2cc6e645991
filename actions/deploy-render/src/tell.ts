import type { RenderStep } from './work.ts'

/** What became of one service in this step, for the output and the summary. */
export interface ServiceReport {
  readonly name: string
  readonly id: string
  readonly url: string
  deploy: string
  /** Render's status of the deploy, or `untouched`, or `not begun`. */
  status: string
  seconds: number
}

export function tell(step: RenderStep, reports: readonly ServiceReport[]): void {
  step.output('services', JSON.stringify(reports))
  step.summary(
    [
      '| service | status | deploy | seconds |',
      '|---|---|---|---|',
      ...reports.map(({ name, status, deploy, seconds }) => `| ${name} | ${status} | ${deploy} | ${seconds} |`),
    ].join('\n'),
  )
}
