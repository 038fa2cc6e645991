import type { ClientReport, ClientSecond } from '../report/model.ts'
import { type Html, html } from './html.ts'
import { rounded, type TimeAxis } from './time-axis.ts'

const height = 48
const kinds = ['old', 'new', 'other', 'failed'] as const

/** The requests of users by seconds: answers by version, failures on top. */
export function clientRow(client: ClientReport, axis: TimeAxis, lines: Html): Html {
  const { where, sent, failed, failures, p99Ms, seconds } = client
  const most = Math.max(1, ...seconds.map(total))
  const text = `${sent.toLocaleString('en')} requests, ${failed.toLocaleString('en')} failed${p99Ms === undefined ? '' : `, p99 ${p99Ms.toFixed(0)} ms`}`
  const label = `users of ${where}: ${text}, at most ${most} a second. ${failingText(seconds, axis)}`
  return html`<div class="lane users"><div class="label">users of ${where}<br><span class="quiet">${text}</span>${
    failed > 0 && html`<br><span class="bad">${failures.join(', ')}</span>`
  }</div><svg class="bar" height="${height}" role="img" aria-label="${label}">${seconds.map((second) => column(second, most, axis))}${lines}</svg></div>`
}

function column(second: ClientSecond, most: number, axis: TimeAxis): Html {
  const x = axis.x(second.at)
  const width = rounded(Math.max(0.3, axis.x(second.at + 1000) - x))
  let y = height
  const parts = kinds.flatMap((kind) => {
    const count = second[kind]
    if (count === 0) return []
    // One failed request among hundreds must be seen.
    const size = rounded(Math.max(kind === 'failed' ? 5 : 1, (count / most) * (height - 2)))
    y = rounded(Math.max(0, y - size))
    return [html`<rect x="${x}%" width="${width}%" y="${y}" height="${size}" fill="url(#p-${kind})"/>`]
  })
  return html`<g>${parts}<title>${axis.text(second.at)}: ${second.old} from the version before, ${second.new} from the new one, ${second.failed} failed</title></g>`
}

/** `Failed requests: 3 at 12.0 s, 2 at 13.0 s.` */
function failingText(seconds: readonly ClientSecond[], axis: TimeAxis): string {
  const failing = seconds.filter(({ failed }) => failed > 0)
  if (failing.length === 0) return ''
  return `Failed requests: ${failing.map(({ at, failed }) => `${failed} at ${axis.text(at)}`).join(', ')}.`
}

function total({ old, new: fresh, other, failed }: ClientSecond): number {
  return old + fresh + other + failed
}
