import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pageOf } from '../../src/page/page.ts'
import { hostile, reportOf, rolledBack, spoiled, wrong } from './fixture.ts'

const page = pageOf(reportOf(rolledBack, wrong))

describe('a page', () => {
  test('loads nothing: its policy allows one style, by its hash, and it has no script', () => {
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri`)
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b|\bon\w+=|\bstyle="|@import|url\(h/i)
  })

  test('says first how each run ended, as the screen does', () => {
    expect(page).toContain('✗ Not everything ended as promised: 1 of 2 runs did.')
    expect(page).toContain(`<a href="#run-1"><span class="ok">✓</span> ${rolledBack.sentence}.</a>`)
    expect(page).toContain(`<a href="#run-2"><span class="bad">✗ not as promised:</span> ${wrong.sentence}.</a>`)
    expect(pageOf(reportOf(rolledBack))).toContain('✓ Everything ended as promised.')
    expect(pageOf({ ...reportOf(rolledBack), asked: 2 })).toContain('… 1 of 2 runs ended as promised')
  })

  test('a picture of what served says the same in words', () => {
    expect(page).toContain(
      'aria-label="api on host-1: v1.0.0 from 0.0 s to 5.0 s; nothing answers from 5.0 s to 5.1 s; v1.1.0 from 5.1 s to 12.0 s;',
    )
    expect(page).toContain(
      'aria-label="users of api on host-1: 400 requests, 3 failed, p99 12 ms, at most 21 a second. Failed requests: 3 at 5.0 s."',
    )
  })

  test('the legend names the versions of the run, and only what is drawn', () => {
    expect(page).toContain('</svg> v1.0.0, the version before</li>')
    expect(page).toContain('</svg> nothing yet, or a stopped slot</li>')
    const calm = pageOf(reportOf({ ...rolledBack, lanes: [], clients: [] }))
    expect(calm).not.toContain('the version before</li>')
  })

  test('a step has its phases by host; composites and posts that did nothing have no line', () => {
    expect(page).toContain('phases: connect 1.2 s; restart 4.5 s on host-1, 4.9 s on host-2')
    expect(page).toContain('✗ failure')
    expect(page).toContain('1 post steps had nothing to do.')
    expect(page).not.toContain('<strong>health-gate</strong>')
  })

  test('a message in Slack stands there in each version, the last one unfolded', () => {
    expect(page).toContain('<details><summary><span class="time">2.0 s</span> ⏳ qa')
    expect(page).toContain('<details open><summary><span class="time">19.0 s</span> ↩️ qa')
  })

  test('without users and without Slack it says so', () => {
    const bare = pageOf(reportOf({ ...rolledBack, clients: [], messages: [], lanes: [] }))
    expect(bare).toContain('No users were asked')
    expect(bare).toContain('This run posted no message.')
    expect(bare).not.toContain('The same as a table')
  })

  test('of a log without end it shows the end', () => {
    const [step, ...steps] = rolledBack.steps
    const log = `${'a line\n'.repeat(100_000)}the last one`
    const long = pageOf(
      reportOf({ ...rolledBack, steps: [{ ...step, log } as (typeof rolledBack.steps)[number], ...steps] }),
    )
    expect(long.length).toBeLessThan(300_000)
    expect(long).toMatch(/\[500,\d+ earlier characters are left out; --verbose prints them\]\na line\n/)
    expect(long).toContain('the last one</pre>')
  })
})

test.each([false, true])(
  'hostile text makes no element, no attribute and no hidden character (everywhere: %s)',
  (everywhere) => {
    const spoiledPage = (more: string) => pageOf(spoiled(reportOf(rolledBack, wrong), more, { everywhere }))
    const bad = spoiledPage(hostile)
    expect(tagsIn(bad)).toEqual(tagsIn(spoiledPage('harmless')))
    expect(bad).not.toMatch(/<(script|img)|<svg onload/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there.
    expect(bad).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/)
    expect(bad.isWellFormed()).toBe(true)
  },
)

/** The names of all tags, in their order. */
function tagsIn(page: string): string[] {
  return [...page.matchAll(/<[/!]?[a-z][a-z0-9-]*/gi)].map(([tag]) => tag)
}
