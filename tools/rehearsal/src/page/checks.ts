import type { Check } from '../report/model.ts'
import { type Html, html } from './html.ts'

/** What was promised beside what was seen. */
export function checksSection(checks: readonly Check[]): Html {
  return html`<h3>Promised and seen</h3>
<table class="checks"><caption>Promised by docs/decisions/transaction.md; seen from outside, without Belay.</caption>
<thead><tr><th scope="col">what</th><th scope="col">promised</th><th scope="col">seen</th></tr></thead>
<tbody>${checks.map(row)}</tbody></table>`
}

function row({ what, promised, seen, problems }: Check): Html {
  const isGood = problems.length === 0
  return html`<tr class="${isGood ? 'good' : 'bad-row'}"><th scope="row"><span class="${isGood ? 'ok' : 'bad'}">${
    isGood ? '✓' : '✗ not as promised:'
  }</span> ${what}</th><td>${promised}</td><td>${seen}</td></tr>`
}
