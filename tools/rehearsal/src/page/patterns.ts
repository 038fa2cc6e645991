import type { RunReport, Serves } from '../report/model.ts'
import { type Html, html } from './html.ts'

/** What a colour and a pattern stand for: no reader has to tell colours apart. */
export type Pattern = Serves | 'failed'

/** The patterns, once for the page. Other pictures name them. */
export const patternDefinitions: Html = html`<svg class="unseen" width="0" height="0" aria-hidden="true"><defs>
${pattern('old', 8, html`<path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6"/>`)}
${pattern('new', 8, html`<circle cx="4" cy="4" r="1.4"/>`)}
${pattern('nothing', 6, html`<path d="M0 0 L6 6 M6 0 L0 6"/>`)}
${pattern('empty', 6, html`<circle cx="3" cy="3" r="0.7"/>`)}
${pattern('other', 6, html`<path d="M3 0 V6"/>`)}
${pattern('failed', 6, html`<path d="M0 3 H6"/>`)}
</defs></svg>`

function pattern(name: string, size: number, marks: Html): Html {
  return html`<pattern id="p-${name}" class="p-${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}"/>${marks}</pattern>`
}

/** What each pattern means in a run: only those that its pictures have. */
export function legend(run: RunReport): Html {
  const used = usedIn(run)
  const item = ([name, meaning]: [string, string]) =>
    html`<li><svg class="swatch" width="28" height="16" aria-hidden="true"><rect class="box" width="28" height="16" fill="url(#p-${name})"/></svg> ${meaning}</li>`
  const items = Object.entries(meaningsIn(run)).filter(([name]) => used.has(name))
  return html`<ul class="legend" aria-label="Colours and patterns">${items.map(item)}</ul>`
}

/** `v1.0.0, the version before` */
export function meaningsIn({ version, before }: Pick<RunReport, 'version' | 'before'>): Record<Pattern, string> {
  const old = [...new Set(before.flatMap((one) => one.version ?? []))].join(' or ')
  return {
    old: `${old}, the version before`,
    new: `${version}, the new version`,
    other: 'another version',
    empty: 'nothing yet, or a stopped slot',
    nothing: 'nothing answers',
    failed: 'failed requests',
  }
}

function usedIn({ lanes, clients }: RunReport): ReadonlySet<string> {
  const counted = ['old', 'new', 'other', 'failed'] as const
  const seconds = clients.flatMap((client) => client.seconds)
  return new Set<string>([
    ...lanes.flatMap(({ spans }) => spans.map(({ serves }) => serves)),
    ...counted.filter((kind) => seconds.some((second) => second[kind] > 0)),
  ])
}
