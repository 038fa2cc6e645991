import type { Phase, StepReport } from '../report/model.ts'
import { type Html, html } from './html.ts'
import { isWorthReading, logId } from './logs.ts'
import { axisPicture, rounded, type TimeAxis } from './time-axis.ts'

/** The steps of the jobs, main and post, with their phases. `run`: its number. */
export function stepsSection(steps: readonly StepReport[], axis: TimeAxis, run: number): Html {
  const shown = steps.filter((step) => !isComposite(step, steps) && !isIdle(step))
  const idle = steps.filter((step) => !isComposite(step, steps) && isIdle(step)).length
  const groups = [...Map.groupBy(shown, ({ path, stage }) => `${path.split('/')[0]}: ${stageNames[stage]}`)]
  return html`<h3>Steps</h3>
${groups.map(
  ([name, some]) => html`<h4>${name}</h4>
<ol class="steps">${some.map((step) => stepItem(step, axis, logId(run, steps.indexOf(step))))}</ol>`,
)}
<div class="step-axis">${axisPicture(axis)}</div>
${idle > 0 && html`<p class="quiet">${idle} post steps had nothing to do.</p>`}`
}

const stageNames = { main: 'steps', post: 'post steps, last step first' } as const

function isComposite({ path, stage }: StepReport, steps: readonly StepReport[]): boolean {
  return steps.some((other) => other.stage === stage && other.path.startsWith(`${path}/`))
}

/** A post that ended well and did nothing. */
function isIdle({ stage, outcome, phases, notes }: StepReport): boolean {
  return stage === 'post' && outcome === 'success' && phases.length + notes.length === 0
}

function stepItem(step: StepReport, axis: TimeAxis, log: string): Html {
  const { path, from, to, outcome, notes, phases } = step
  const isGood = outcome === 'success'
  return html`<li class="${isGood ? 'well' : 'unwell'}"><div class="step"><div class="label">${pathText(path.split('/').slice(1))} <span class="${isGood ? 'ok' : 'bad'}">${
    isGood ? '✓' : `✗ ${outcome}`
  }</span> <span class="quiet">${axis.text(from)}, took ${((to - from) / 1000).toFixed(1)} s</span>${
    isWorthReading(step.log) && html` <a href="#${log}" aria-label="log of ${path}">log</a>`
  }</div>${stepPicture(step, axis)}</div>${
    phases.length > 0 && html`<p class="phases">phases: ${phasesText(phases, axis)}</p>`
  }${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}</li>`
}

/** The last part is the step; the others are the composites around it. */
function pathText(parts: readonly string[]): Html {
  const around = parts.slice(0, -1)
  return html`<span class="quiet">${around.map((part) => `${part} › `)}</span><strong>${parts.at(-1)}</strong>`
}

function stepPicture({ from, to, outcome, phases }: StepReport, axis: TimeAxis): Html {
  const x = axis.x(from)
  const width = rounded(Math.max(0.5, axis.x(to) - x))
  const mark = ({ at }: Phase) => html`<line x1="${axis.x(at)}%" x2="${axis.x(at)}%" y1="2" y2="12"/>`
  return html`<svg class="bar" height="14" aria-hidden="true"><rect class="${outcome === 'success' ? 'work' : 'broken'}" x="${Math.min(x, 100 - width)}%" width="${width}%" y="2" height="10"/>${phases.map(mark)}</svg>`
}

/** `upload 3.1 s; restart 4.0 s on host-1, 4.9 s on host-2`. Pure. */
export function phasesText(phases: readonly Phase[], axis: TimeAxis): string {
  const byName = Map.groupBy(phases, ({ name }) => name)
  return [...byName]
    .map(
      ([name, some]) =>
        `${name} ${some.map(({ at, host }) => `${axis.text(at)}${host ? ` on ${host}` : ''}`).join(', ')}`,
    )
    .join('; ')
}
