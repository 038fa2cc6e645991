import type { Lane, RunReport, Span } from '../report/model.ts'
import { clientRow } from './clients.ts'
import { type Html, html } from './html.ts'
import { momentLines, momentList, momentRow } from './moments.ts'
import { legend, meaningsIn } from './patterns.ts'
import { axisPicture, rounded, type TimeAxis } from './time-axis.ts'

/** What every target served, and below it what users got, on one time axis; then the same in words. */
export function lanesSection(run: RunReport, axis: TimeAxis): Html {
  const { lanes, clients, moments } = run
  const lines = momentLines(moments, axis)
  return html`<h3>What served when</h3>
${legend(run)}
<div class="lanes">
${momentRow(moments, axis)}
${lanes.map((lane) => laneRow(lane, axis, lines))}
${clients.map((client) => clientRow(client, axis, lines))}
<div class="lane"><div class="label quiet">seconds</div>${axisPicture(axis)}</div>
</div>
${momentList(moments, axis)}
${clients.length === 0 && html`<p class="quiet">No users were asked: nothing served before this release.</p>`}
${lanes.length > 0 && lanesTable(run, axis)}`
}

/** An outage of a moment must not be too thin to be seen. */
const leastPercent = 0.7

function laneRow({ target, spans }: Lane, axis: TimeAxis, lines: Html): Html {
  // Outages last: they are widened, and must not be covered.
  const drawn = spans.toSorted((a, b) => Number(a.serves === 'nothing') - Number(b.serves === 'nothing'))
  const label = `${target}: ${spans.map((span) => spanText(span, axis)).join('; ')}`
  return html`<div class="lane"><div class="label">${target}</div><svg class="bar" height="22" role="img" aria-label="${label}">${drawn.map((span) => spanPicture(span, axis))}${lines}</svg></div>`
}

function spanPicture(span: Span, axis: TimeAxis): Html {
  const x = axis.x(span.from)
  const width = rounded(Math.max(leastPercent, axis.x(span.to) - x))
  return html`<rect class="box" x="${Math.min(x, 100 - width)}%" width="${width}%" y="1" height="20" fill="url(#p-${span.serves})"><title>${spanText(span, axis)}</title></rect>`
}

function spanText({ from, to, answer }: Span, axis: TimeAxis): string {
  return `${answer} from ${axis.text(from)} to ${axis.text(to)}`
}

function lanesTable(run: RunReport, axis: TimeAxis): Html {
  const meanings = meaningsIn(run)
  const row = ({ target, spans }: Lane) =>
    spans.map(
      ({ from, to, serves, answer }, index) =>
        html`<tr>${
          index === 0 && html`<th scope="rowgroup" rowspan="${spans.length}">${target}</th>`
        }<td>${axis.text(from)}</td><td>${axis.text(to)}</td><td>${answer} <span class="quiet">(${meanings[serves]})</span></td></tr>`,
    )
  return html`<details><summary>The same as a table</summary>
<table><caption>What each target answered. Each was asked up to four times a second.</caption>
<thead><tr><th scope="col">target</th><th scope="col">from</th><th scope="col">to</th><th scope="col">answer</th></tr></thead>
${run.lanes.map((lane) => html`<tbody>${row(lane)}</tbody>`)}</table></details>`
}
