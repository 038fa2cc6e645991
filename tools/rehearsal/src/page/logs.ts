import type { StepReport } from '../report/model.ts'
import { type Html, html } from './html.ts'

/** The log of each step, folded. `run`: its number. */
export function logsSection(steps: readonly StepReport[], run: number): Html {
  const fold = ({ path, stage, outcome, log }: StepReport, index: number) => {
    if (!isWorthReading(log)) return undefined
    const { text, left } = shortened(log)
    return html`<details><summary>${path.split('/').join(' › ')}${stage === 'post' && ' (post)'}: ${outcome}</summary><pre id="${logId(run, index)}">${
      left > 0 && `[${left.toLocaleString('en')} earlier characters are left out; --verbose prints them]\n`
    }${text}</pre></details>`
  }
  return html`<h3>Logs</h3>
${steps.map(fold)}`
}

export function logId(run: number, step: number): string {
  return `run-${run}-log-${step + 1}`
}

export function isWorthReading(log: string): boolean {
  return log.trim() !== ''
}

/** Of one log, in characters: the end tells why a step failed, and a build may print without end. */
const most = 200_000

/** The end of a log, from the beginning of a line. Pure. */
export function shortened(log: string): { text: string; left: number } {
  if (log.length <= most) return { text: log, left: 0 }
  const end = log.slice(-most)
  const text = end.slice(end.indexOf('\n') + 1)
  return { text, left: log.length - text.length }
}
