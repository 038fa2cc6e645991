import { describe, expect, test } from 'vitest'
import { isOpen, nextClosing, nextOpening, parseWindow, type Window } from '../plan/src/window.ts'

function windowOf(text: string): Window {
  const parsed = parseWindow(text)
  if (!('window' in parsed)) throw new Error(parsed.wrong)
  return parsed.window
}

const berlin = 'Mon-Thu 06-08,20-22 Europe/Berlin'

describe('a window', () => {
  // 2026-11-23 is a Monday.
  test.each([
    [berlin, '2026-11-23T05:00Z', true],
    [berlin, '2026-11-23T06:59Z', true],
    [berlin, '2026-11-23T07:00Z', false],
    [berlin, '2026-11-23T19:00Z', true],
    [berlin, '2026-11-23T04:59Z', false],
    [berlin, '2026-11-26T20:59Z', true],
    [berlin, '2026-11-27T05:30Z', false],
    // In summer the same clocks are an hour earlier in UTC.
    [berlin, '2026-07-20T04:00Z', true],
    [berlin, '2026-07-20T06:00Z', false],
    ['Sat,Sun 10-12', '2026-11-22T10:00Z', true],
    ['Sat,Sun 10-12', '2026-11-23T10:00Z', false],
    ['fri-mon 00-24', '2026-11-22T23:59Z', true],
    ['fri-mon 00-24', '2026-11-24T00:00Z', false],
    ['Mon 06:30-07:15', '2026-11-23T06:29Z', false],
    ['Mon 06:30-07:15', '2026-11-23T07:14Z', true],
    // From Monday night into Tuesday, and no more than that.
    ['Mon 22-02', '2026-11-24T01:59Z', true],
    ['Mon 22-02', '2026-11-24T02:00Z', false],
    ['Mon 22-02', '2026-11-23T01:00Z', false],
    ['Sun 22-02', '2026-11-23T01:00Z', true],
    ['Mon 06-07; Tue 08-09', '2026-11-24T08:30Z', true],
    ['Mon 06-07\nTue 08-09', '2026-11-24T06:30Z', false],
  ])('%j is open at %s: %s', (text, now, open) => {
    expect(isOpen(windowOf(text), new Date(now))).toBe(open)
  })

  // In Berlin clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
  test.each([
    ['2026-03-29T00:30Z', false],
    ['2026-03-29T01:00Z', false],
    ['2026-03-29T01:30Z', false],
    ['2026-10-25T00:30Z', true],
    ['2026-10-25T01:30Z', true],
    ['2026-10-25T02:00Z', false],
  ])('from two to three on a Sunday whose clocks change, at %s: %s', (now, open) => {
    expect(isOpen(windowOf('Sun 02-03 Europe/Berlin'), new Date(now))).toBe(open)
  })

  test.each([
    [berlin, '2026-11-23T07:00Z', '2026-11-23T19:00:00.000Z'],
    [berlin, '2026-11-26T21:00:30Z', '2026-11-30T05:00:00.000Z'],
    ['Sun 02-03 Europe/Berlin', '2026-03-23T00:00Z', undefined],
  ])('%j that is closed at %s opens at %s', (text, now, opens) => {
    expect(nextOpening(windowOf(text), new Date(now))?.toISOString()).toBe(opens)
  })

  test.each([
    [berlin, '2026-11-23T05:00Z', '2026-11-23T07:00:00.000Z'],
    [berlin, '2026-11-23T06:59:59Z', '2026-11-23T07:00:00.000Z'],
    ['Mon 22-02', '2026-11-23T23:30Z', '2026-11-24T02:00:00.000Z'],
    // An hour that is shown twice is open twice.
    ['Sun 02-03 Europe/Berlin', '2026-10-25T00:30Z', '2026-10-25T02:00:00.000Z'],
    ['Mon-Sun 00-24', '2026-11-23T07:00Z', undefined],
  ])('%j that is open at %s closes at %s', (text, now, closes) => {
    expect(nextClosing(windowOf(text), new Date(now))?.toISOString()).toBe(closes)
  })

  test.each([
    ['', 'names no time'],
    ['Mon', '"Mon" is not a window'],
    ['Montag 06-08', 'is not a window'],
    ['Mon 25-26', 'is not a window'],
    ['Mon 06-06', 'is not a window'],
    ['Mon 06:75-08', 'is not a window'],
    ['Mon-Tue-Wed 06-08', 'is not a window'],
    ['Mon 06-08 Europe/Berlin please', 'is not a window'],
    ['Mon 06-08 Mars/Olympus', 'zone "Mars/Olympus"'],
    ['Mon 06-08 Europe/Berlin; Tue 06-08', 'two zones'],
  ])('%j is refused: %s', (text, wrong) => {
    const parsed = parseWindow(text)
    expect('wrong' in parsed ? parsed.wrong : 'taken').toContain(wrong)
  })
})
