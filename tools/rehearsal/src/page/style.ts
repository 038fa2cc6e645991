import { Html } from './html.ts'

/** Colours are variables: dark ones replace them. Text has a contrast of 4.5 or more in both. */
export const style: Html = new Html(`
:root { --back: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #8c959f; --soft: #eef1f4; --link: #0550ae;
  --ok: #116329; --bad: #b3121d; --old: #9ec5f3; --old-mark: #0b4a9e; --new: #8fdba6; --new-mark: #0a5a27;
  --none: #ffffff; --none-mark: #b3121d; --other: #d9bdf5; --other-mark: #5b2a91; --work: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --text: #e6edf3; --quiet: #9aa4af; --line: #6e7681; --soft: #1b2129; --link: #79b8ff;
    --ok: #56d364; --bad: #ff8a80; --old: #14365f; --old-mark: #7db5f5; --new: #0f4a24; --new-mark: #6fe08f;
    --none: #0d1117; --none-mark: #ff8a80; --other: #40215f; --other-mark: #cfa5f7; --work: #9aa4af; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 75rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; padding-top: 1rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1rem 0 0.25rem; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.overall { font-size: 1.25rem; font-weight: 600; }
.ok { color: var(--ok); }
.bad { color: var(--bad); font-weight: 600; }
.quiet, caption { color: var(--quiet); }
.runs a { color: inherit; }
.problems { margin: 0.5rem 0; padding: 0.5rem 0.5rem 0.5rem 1.75rem; border-left: 4px solid var(--bad); white-space: pre-wrap; }
.unseen { position: absolute; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0.75rem 0; padding: 0; }
.swatch { vertical-align: -2px; }
.moments { margin: 0.5rem 0; padding-left: 2rem; }
.moments .fault, .moments .failure { font-weight: 600; }
.time { color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; }
.lane, .step { display: grid; grid-template-columns: 21rem minmax(0, 1fr); gap: 0 1rem; align-items: center; }
.lane { margin: 3px 0; }
.step-axis { margin-left: 22rem; }
svg { display: inline-block; }
.lane > svg, .step > svg, .step-axis > svg { display: block; width: 100%; overflow: visible; }
.lane > .bar { background: var(--soft); }
.axis line, .step line { stroke: var(--line); }
.axis text { fill: var(--text); font-size: 0.8rem; }
.box { stroke: var(--line); stroke-width: 1; }
.p-old > rect { fill: var(--old); } .p-old > path { stroke: var(--old-mark); stroke-width: 1.2; }
.p-new > rect { fill: var(--new); } .p-new > circle { fill: var(--new-mark); }
.p-nothing > rect { fill: var(--none); } .p-nothing > path { stroke: var(--none-mark); stroke-width: 1.4; }
.p-failed > rect { fill: var(--none-mark); } .p-failed > path { stroke: var(--none); stroke-width: 1.2; }
.p-empty > rect { fill: var(--back); } .p-empty > circle { fill: var(--quiet); }
.p-other > rect { fill: var(--other); } .p-other > path { stroke: var(--other-mark); stroke-width: 1.6; }
.work { fill: var(--work); } .broken { fill: var(--bad); }
.step line { stroke: var(--back); stroke-width: 1.5; }
.steps, .versions { list-style: none; margin: 0; padding: 0; }
.steps > li { padding: 2px 0; }
.step > .label { font-size: 0.9rem; }
.bar .fault, .bar .failure { stroke: var(--bad); stroke-width: 2; }
.bar .decision { stroke: var(--text); stroke-width: 2; }
.phases, .notes { margin: 0; padding-left: 1rem; color: var(--quiet); font-size: 0.875rem; }
.notes { padding-left: 2rem; }
.unwell .notes { color: var(--text); }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
caption { text-align: left; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; border: 1px solid var(--line); font-weight: 400; }
thead th { background: var(--soft); font-weight: 600; }
.checks { table-layout: fixed; }
.bad-row { outline: 2px solid var(--bad); outline-offset: -2px; }
details { margin: 0.25rem 0; }
summary { cursor: pointer; padding: 0.15rem 0; }
pre, .message { margin: 0.25rem 0; padding: 0.5rem 0.75rem; background: var(--soft); white-space: pre-wrap; }
pre, code { font: 0.85rem/1.45 ui-monospace, monospace; }
@media (max-width: 45rem) {
  body { padding: 0.75rem; font-size: 0.95rem; }
  .lane, .step { grid-template-columns: minmax(0, 1fr); }
  .lane { margin: 0.5rem 0; }
  .step-axis { margin-left: 0; }
  th, td { padding: 0.25rem; font-size: 0.875rem; }
}
`)
