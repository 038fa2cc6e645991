/** When releases may begin. `text`: as the user wrote it. */
export interface Window {
  readonly text: string
  readonly spans: readonly WeeklySpan[]
  /** IANA name. */
  readonly zone: string
}

/** Minutes of one day of the week, as its clocks show them. */
interface WeeklySpan {
  /** 0 is Monday. */
  readonly day: number
  readonly from: number
  /** Not included; 1440 is the end of the day. */
  readonly to: number
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const example = 'Mon-Thu 06-08,20-22 Europe/Berlin'

/**
 * Reads `DAYS HOURS [ZONE]`, several separated by `;` or on lines of their own: `Mon-Thu 06-08,20-22 Europe/Berlin`.
 * Days are `Mon`, `Mon-Thu`, `Sat,Sun`; hours `06-08`, `06:30-08:00`, `22-02` (from the named day into the next). The
 * zone, UTC where none is named, is the same for all.
 */
export function parseWindow(text: string): { window: Window } | { wrong: string; remedy: string } {
  const zones = new Set<string>()
  const spans: WeeklySpan[] = []
  for (const part of text
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter(Boolean)) {
    const [days = '', hours = '', zone = 'UTC', more] = part.split(/\s+/)
    const ofDays = parseDays(days)
    const ofHours = parseHours(hours)
    if (!ofDays || !ofHours || more !== undefined)
      return { wrong: `"${part}" is not a window`, remedy: `Write it like ${example}.` }
    zones.add(zone)
    spans.push(...ofDays.flatMap((day) => ofHours.flatMap(({ from, to }) => spansOf(day, from, to))))
  }
  const [zone = 'UTC', other] = [...zones]
  if (spans.length === 0) return { wrong: 'names no time', remedy: `Write it like ${example}.` }
  if (other !== undefined)
    return { wrong: `names two zones, ${zone} and ${other}`, remedy: 'Give all times in one zone.' }
  if (!isZone(zone))
    return { wrong: `names the unknown zone "${zone}"`, remedy: `Give an IANA zone, as in ${example}.` }
  return { window: { text, spans, zone } }
}

function parseDays(text: string): number[] | undefined {
  const days = text
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [first = '', last = first, more] = part.split('-')
      const [from, to] = [dayNames.indexOf(first), dayNames.indexOf(last)]
      if (from < 0 || to < 0 || more !== undefined) return undefined
      return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => (from + index) % 7)
    })
  return days.every((some) => some !== undefined) ? days.flat() : undefined
}

function parseHours(text: string): { from: number; to: number }[] | undefined {
  const hours = text.split(',').map((part) => {
    const [, h1 = '', m1 = '00', h2 = '', m2 = '00'] = /^(\d\d?)(?::(\d\d))?-(\d\d?)(?::(\d\d))?$/.exec(part) ?? []
    const from = Number(h1) * 60 + Number(m1)
    const to = Number(h2) * 60 + Number(m2)
    const isTime = h1 !== '' && from < 1440 && to <= 1440 && Number(m1) < 60 && Number(m2) < 60 && from !== to
    return isTime ? { from, to } : undefined
  })
  return hours.every((some) => some !== undefined) ? hours : undefined
}

/** A span that ends before it begins continues after midnight. */
function spansOf(day: number, from: number, to: number): WeeklySpan[] {
  if (from < to) return [{ day, from, to }]
  const rest = to === 0 ? [] : [{ day: (day + 1) % 7, from: 0, to }]
  return [{ day, from, to: 1440 }, ...rest]
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Whether the window is open, by what the clocks of its zone show. An hour that they show twice counts twice. */
export function isOpen({ spans, zone }: Window, now: Date): boolean {
  return within(spans, clockOf(zone)(Math.floor(now.getTime() / minuteMs)))
}

/** The next moment at which a closed window opens, within eight days: an hour that the clocks skip never comes. */
export function nextOpening(window: Window, now: Date): Date | undefined {
  return nextChange(window, now, true)
}

/** The next moment at which an open window closes; undefined where it stays open for eight days. */
export function nextClosing(window: Window, now: Date): Date | undefined {
  return nextChange(window, now, false)
}

const minuteMs = 60_000
const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes

/** What the clocks of a zone show at a minute since 1970: minutes since Monday began. */
type WallClock = (minute: number) => number

function nextChange({ spans, zone }: Window, now: Date, open: boolean): Date | undefined {
  const clock = clockOf(zone)
  const borders = spans.flatMap(({ day, from, to }) => [day * dayMinutes + from, day * dayMinutes + to])
  const start = Math.ceil(now.getTime() / minuteMs)
  for (let at = start; at < start + 8 * dayMinutes; at = nextStop(clock, borders, at))
    if (within(spans, clock(at)) === open) return new Date(at * minuteMs)
  return undefined
}

/** The next minute at which a window may open or close: at a border, or where the clocks are changed before that. */
function nextStop(clock: WallClock, borders: readonly number[], at: number): number {
  const shown = clock(at)
  const untilBorders = borders.map((border) => ((border - shown - 1 + 2 * weekMinutes) % weekMinutes) + 1)
  // A day at most, so that no second change of the clocks hides the first.
  const stop = at + Math.min(dayMinutes, ...untilBorders)
  const runsOn = (minute: number) => clock(minute) === (shown + minute - at) % weekMinutes
  if (runsOn(stop)) return stop
  let [before, changed] = [at, stop]
  while (changed - before > 1) {
    const middle = Math.floor((before + changed) / 2)
    if (runsOn(middle)) before = middle
    else changed = middle
  }
  return changed
}

function within(spans: readonly WeeklySpan[], shown: number): boolean {
  const [day, minute] = [Math.floor(shown / dayMinutes), shown % dayMinutes]
  return spans.some((span) => span.day === day && span.from <= minute && minute < span.to)
}

function clockOf(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at * minuteMs).map(({ type, value }) => [type, value]))
    const day = dayNames.indexOf(String(parts.weekday).toLowerCase())
    return day * dayMinutes + Number(parts.hour) * 60 + Number(parts.minute)
  }
}
