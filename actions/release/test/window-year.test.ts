import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { nextClosing, nextOpening, parseWindow, type Window } from '../plan/src/window.ts'
import { clocksOf, nextByMinutes } from './window-by-minutes.ts'

const dayMs = 86_400_000
const start = Date.parse('2026-01-01T00:00Z')

const hours = [
  'Mon-Thu 06-08,20-22',
  'Mon-Sun 00-24',
  // Around the hours that clocks skip or show twice, and over midnight.
  'Sat,Sun 01-02:30,03-03:15',
  'Sun 02-03',
  'Fri-Mon 23:30-00:30',
  'Sun 23-24; Mon 00-01',
]

function windowOf(text: string): Window {
  const parsed = parseWindow(text)
  if (!('window' in parsed)) throw new Error(parsed.wrong)
  return parsed.window
}

// Clocks are changed by half an hour (Lord Howe), at midnight (Santiago), for Ramadan (Casablanca), never (UTC).
describe.each(['Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Casablanca', 'UTC'])(
  'in a year of %s',
  (zone) => {
    const clocks = clocksOf(zone, start, (365 + 9) * 1440)

    test.each(hours)('%s opens and closes when a look at each minute says so', (text) => {
      const window = windowOf(
        text
          .split('; ')
          .map((part) => `${part} ${zone}`)
          .join('; '),
      )
      const wrong: { now: Date; found: unknown; expected: unknown }[] = []
      // No whole number of days or minutes, so that each time of the day and of the week comes.
      for (let at = start; at < start + 365 * dayMs; at += 29 * 3_600_000 + 143_000) {
        const now = new Date(at)
        const found = [nextOpening(window, now), nextClosing(window, now)]
        const expected = [nextByMinutes(window, clocks, now, true), nextByMinutes(window, clocks, now, false)]
        if (!isDeepStrictEqual(found, expected)) wrong.push({ now, found, expected })
      }
      expect(wrong).toEqual([])
    })
  },
)
