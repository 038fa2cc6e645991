import { createHash } from 'node:crypto'
import type { RehearsalReport, RunReport } from '../report/model.ts'
import { type Html, html } from './html.ts'
import { patternDefinitions } from './patterns.ts'
import { runSection } from './run.ts'
import { style } from './style.ts'

/**
 * A rehearsal as one page that needs nothing else: no script, no font, no image. A browser may load nothing for it, and its
 * one style is named by its hash. Pure.
 */
export function pageOf(report: RehearsalReport): string {
  const { subject, runs } = report
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isGood(report) ? '✓' : '✗'} Rehearsal of ${subject}</title>
${styleElement}
</head>
<body>
${patternDefinitions}
<header>
<h1>Rehearsal of ${subject}</h1>
${summary(report)}
</header>
<main>
${runs.map((run, index) => runSection(run, index + 1))}
</main>
</body>
</html>
`.text
}

// The style is the project's own text.
const styleElement = html`<style>${style}</style>`
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style.text).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function summary(report: RehearsalReport): Html {
  const { command, startedAt, endedAt, lines, runs } = report
  return html`<p class="overall ${isGood(report) ? 'ok' : 'bad'}">${overall(report)}</p>
<ol class="runs">${runs.map(
    (run, index) =>
      html`<li><a href="#run-${index + 1}"><span class="${isPromised(run) ? 'ok' : 'bad'}">${isPromised(run) ? '✓' : '✗ not as promised:'}</span> ${run.sentence}.</a> <span class="quiet">${run.title}</span></li>`,
  )}</ol>
<p class="quiet">${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC, took ${((endedAt - startedAt) / 1000).toFixed(0)} s. Again: <code>${command}</code></p>
<details><summary>Servers, fakes, and what is not rehearsed</summary><pre>${lines.join('\n')}</pre></details>`
}

function overall(report: RehearsalReport): string {
  const { runs, asked } = report
  if (isGood(report)) return '✓ Everything ended as promised.'
  const good = runs.filter(isPromised).length
  return good === runs.length
    ? `… ${good} of ${asked} runs ended as promised; the others have not ended.`
    : `✗ Not everything ended as promised: ${good} of ${asked} runs did.`
}

function isGood({ runs, asked }: RehearsalReport): boolean {
  return runs.length === asked && runs.every(isPromised)
}

function isPromised({ problems }: RunReport): boolean {
  return problems.length === 0
}
