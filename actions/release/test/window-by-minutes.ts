import type { Window } from '../plan/src/window.ts'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const minuteMs = 60_000

/** What the clocks of a zone show in each minute from `from` on: minutes since Monday began. */
export interface Clocks {
  readonly from: number
  readonly shown: Uint16Array
}

export function clocksOf(zone: string, from: number, minutes: number): Clocks {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const shown = Uint16Array.from({ length: minutes }, (_, index) => {
    const [, day = '', hour, minute] = /^(\w+),? (\d\d):(\d\d)$/.exec(format.format(from + index * minuteMs)) ?? []
    return days.indexOf(day) * 1440 + Number(hour) * 60 + Number(minute)
  })
  return { from, shown }
}

/** The moment at which a window opens or closes next, found by asking for each minute of eight days. */
export function nextByMinutes({ spans }: Window, { from, shown }: Clocks, now: Date, open: boolean): Date | undefined {
  const start = Math.ceil(now.getTime() / minuteMs) * minuteMs
  for (let at = start; at < start + 8 * 1440 * minuteMs; at += minuteMs) {
    const clock = shown[(at - from) / minuteMs] as number
    const [day, minute] = [Math.floor(clock / 1440), clock % 1440]
    const isOpen = spans.some((span) => span.day === day && span.from <= minute && minute < span.to)
    if (isOpen === open) return new Date(at)
  }
  return undefined
}
