import type { RenderStep } from './context.ts'
import type { VerifiedBy } from './health-check.ts'

/** The outcome of one service in this step, for the output and the summary. */
export interface ServiceReport {
  readonly name: string
  readonly id: string
  readonly url: string
  deploy: string
  /** Render's status of the deploy, or `untouched`, or `not begun`. */
  status: string
  /** The evidence that the new release runs; empty if the service was not released, or not completely. */
  verified: VerifiedBy | ''
  seconds: number
}

const verificationTexts: Record<ServiceReport['verified'], string> = {
  version: 'version verified',
  answer: 'answers, version not verified',
  render: "not verified, Render's status only",
  '': '',
}

export function reportServices(step: RenderStep, reports: readonly ServiceReport[]): void {
  step.output('services', JSON.stringify(reports))
  step.summary(
    [
      '| service | status | verified | deploy | seconds |',
      '|---|---|---|---|---|',
      ...reports.map(
        ({ name, status, verified, deploy, seconds }) =>
          `| ${name} | ${status} | ${verificationTexts[verified]} | ${deploy} | ${seconds} |`,
      ),
    ].join('\n'),
  )
}
