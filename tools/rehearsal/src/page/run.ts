import type { RunReport, StepReport } from '../report/model.ts'
import { checksSection } from './checks.ts'
import { type Html, html } from './html.ts'
import { lanesSection } from './lanes.ts'
import { isWorthReading, logId, logsSection } from './logs.ts'
import { messagesSection } from './messages.ts'
import { stepsSection } from './steps.ts'
import { timeAxis } from './time-axis.ts'

/** All of one run: the verdict first, the logs last. `number`: from 1. */
export function runSection(run: RunReport, number: number): Html {
  const { title, notes, sentence, problems, startedAt, endedAt } = run
  const axis = timeAxis(startedAt, endedAt)
  const id = `run-${number}`
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${number}. ${title}</h2>
${verdictLine(problems.length === 0, sentence)}
${problems.length > 0 && html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
${failedLogs(run, number)}
<p class="quiet">${servedText(run)}; ${axis.seconds.toFixed(1)} s. ${notes.join(' ')}</p>
${lanesSection(run, axis)}
${checksSection(run.checks)}
${stepsSection(run.steps, axis, number)}
${messagesSection(run.messages, axis)}
${logsSection(run.steps, number)}
</section>`
}

/** The same sentence as on the screen. */
export function verdictLine(isGood: boolean, sentence: string): Html {
  return html`<p class="verdict"><strong class="${isGood ? 'ok' : 'bad'}">${isGood ? '✓ as promised' : '✗ not as promised'}</strong> ${sentence}.</p>`
}

/** The way to the logs that say why. */
function failedLogs({ steps }: RunReport, number: number): Html | undefined {
  const failed = steps.filter(({ outcome, log }) => outcome === 'failure' && isWorthReading(log))
  if (failed.length === 0) return undefined
  const link = (step: StepReport) =>
    html` <a href="#${logId(number, steps.indexOf(step))}">${step.path}${step.stage === 'post' && ' (post)'}</a>`
  return html`<p>Logs of failed steps:${failed.map(link)}</p>`
}

/** `New: v1.1.0; before: v1.0.0` */
function servedText({ version, before }: RunReport): string {
  const versions = [...new Set(before.map((one) => one.version ?? 'nothing'))]
  const [only] = versions
  if (versions.length === 1) return `New: ${version}; before: ${only}`
  return `New: ${version}; before: ${before.map(({ service, version: old }) => `${old ?? 'nothing'} of ${service}`).join(', ')}`
}
