import type { Moment } from '../report/model.ts'
import { type Html, html } from './html.ts'
import type { TimeAxis } from './time-axis.ts'

/** What changed the course of the run, numbered as in the picture. */
export function momentList(moments: readonly Moment[], axis: TimeAxis): Html {
  const item = ({ at, kind, text }: Moment) =>
    html`<li class="${kind}"><span class="time">${axis.text(at)}</span> ${kind === 'fault' && '⚡ '}${text}</li>`
  return html`<ol class="moments">${moments.map(item)}</ol>`
}

/** The numbers of the list, where they are on the time axis. */
export function momentRow(moments: readonly Moment[], axis: TimeAxis): Html {
  const mark = ({ x, text }: Group) => {
    const anchor = x < 4 ? 'start' : x > 96 ? 'end' : 'middle'
    return html`<line x1="${x}%" x2="${x}%" y1="16" y2="22"/><text x="${x}%" y="13" text-anchor="${anchor}">${text}</text>`
  }
  return html`<div class="lane"><div class="label quiet">moments, listed below</div><svg class="axis" height="22" aria-hidden="true">${groupsOf(moments, axis).map(mark)}</svg></div>`
}

/** Lines through a picture where the course of the run changed. */
export function momentLines(moments: readonly Moment[], axis: TimeAxis): Html {
  const turns = moments.filter(({ kind }) => kind === 'fault' || kind === 'failure' || kind === 'decision')
  return html`${turns.map(({ at, kind }) => html`<line class="${kind}" x1="${axis.x(at)}%" x2="${axis.x(at)}%" y1="0" y2="100%"/>`)}`
}

/** Numbers that share a place in the picture. */
export interface Group {
  readonly x: number
  /** `3`, `3–5` */
  readonly text: string
}

/** Percent of the width: numbers that are nearer would cover each other on a narrow screen. */
const nearest = 7

/** Joins the numbers of moments that are near each other. Pure. */
export function groupsOf(moments: readonly Moment[], axis: TimeAxis): Group[] {
  const groups: { x: number; first: number; last: number }[] = []
  for (const [index, { at }] of moments.entries()) {
    const x = axis.x(at)
    const open = groups.at(-1)
    if (open && x - open.x < nearest) open.last = index + 1
    else groups.push({ x, first: index + 1, last: index + 1 })
  }
  return groups.map(({ x, first, last }) => ({ x, text: first === last ? `${first}` : `${first}–${last}` }))
}
