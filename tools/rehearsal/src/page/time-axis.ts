import { type Html, html } from './html.ts'

/** The time of a run, from left to right. Everything that has a moment is drawn on the same one. */
export interface TimeAxis {
  /** A moment as a percentage of the width, within it. */
  x(at: number): number
  /** `12.3 s` after the start of the run. */
  text(at: number): string
  readonly seconds: number
}

export function timeAxis(from: number, to: number): TimeAxis {
  const length = Math.max(1, to - from)
  return {
    x: (at) => rounded(Math.min(100, Math.max(0, ((at - from) / length) * 100))),
    text: (at) => `${(Math.max(0, at - from) / 1000).toFixed(1)} s`,
    seconds: length / 1000,
  }
}

const steps = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600]
/** As many as a narrow screen has place for. */
const mostTicks = 6

/** The seconds that are written below the picture. Pure. */
export function ticksOf(seconds: number): number[] {
  const step = steps.find((one) => seconds / one <= mostTicks) ?? Math.ceil(seconds / mostTicks)
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step)
}

/** A scale with seconds. The lists and tables beside it say the same in words. */
export function axisPicture({ seconds }: TimeAxis): Html {
  const tick = (second: number) => {
    const x = rounded((second / seconds) * 100)
    const anchor = x < 3 ? 'start' : x > 95 ? 'end' : 'middle'
    return html`<line x1="${x}%" x2="${x}%" y1="0" y2="5"/><text x="${x}%" y="18" text-anchor="${anchor}">${second} s</text>`
  }
  return html`<svg class="axis" height="22" aria-hidden="true"><line x1="0" x2="100%" y1="0.5" y2="0.5"/>${ticksOf(seconds).map(tick)}</svg>`
}

/** Short enough for an attribute. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
