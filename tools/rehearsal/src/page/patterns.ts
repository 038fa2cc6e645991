import type { Serves } from '../report/model.ts'
import { type Html, html } from './html.ts'

/** What each colour and pattern means: no reader has to tell colours apart. */
export const meanings: Readonly<Record<Serves | 'failed', string>> = {
  old: 'the version before',
  new: 'the new version',
  nobody: 'nothing answers',
  empty: 'nothing yet, or a stopped slot',
  other: 'another version',
  failed: 'failed requests',
}

/** The patterns, once for the page. Other pictures name them. */
export const patternDefinitions: Html = html`<svg class="unseen" width="0" height="0" aria-hidden="true"><defs>
${pattern('old', 8, html`<path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6"/>`)}
${pattern('new', 8, html`<circle cx="4" cy="4" r="1.4"/>`)}
${pattern('nobody', 6, html`<path d="M0 0 L6 6 M6 0 L0 6"/>`)}
${pattern('empty', 6, html`<circle cx="3" cy="3" r="0.7"/>`)}
${pattern('other', 6, html`<path d="M3 0 V6"/>`)}
${pattern('failed', 6, html`<path d="M0 0 L6 6 M6 0 L0 6"/>`)}
</defs></svg>`

function pattern(name: string, size: number, marks: Html): Html {
  return html`<pattern id="p-${name}" class="p-${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}"/>${marks}</pattern>`
}

/** Which pattern means what. */
export function legend(): Html {
  const item = ([name, meaning]: [string, string]) =>
    html`<li><svg class="swatch" width="28" height="16" aria-hidden="true"><rect class="box" width="28" height="16" fill="url(#p-${name})"/></svg> ${meaning}</li>`
  return html`<ul class="legend" aria-label="Colours and patterns">${Object.entries(meanings).map(item)}</ul>`
}
