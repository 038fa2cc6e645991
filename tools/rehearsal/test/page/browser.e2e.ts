import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whyMissing } from '../../../../scripts/machine/missing.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { pageOf } from '../../src/page/page.ts'
import { contrast } from './contrast.ts'
import { hostile, reportOf, rolledBack, spoiled, wrong } from './fixture.ts'
import {
  activeAttributes,
  bodyColours,
  focused,
  isFocusedFoldOpen,
  isPwned,
  patternColours,
  tagNames,
  textColours,
  tooWide,
  unfold,
  widthOfPage,
} from './in-browser.ts'

const quiet = [
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
  // Its sandbox needs a user who is not root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

describeIf(whyMissing('chromium'))('the page of a rehearsal in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bp-'))
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** What a page did besides being shown. */
  interface Shown {
    readonly page: Page
    /** Dialogs, messages on the console, errors, and requests beside that of its file. */
    readonly noise: string[]
  }

  /** Opens a page from its file, and unfolds nothing. */
  async function show(text: string, options: BrowserContextOptions = {}): Promise<Shown> {
    const file = join(folder, `${Math.random()}.html`)
    writeFileSync(file, text)
    const address = pathToFileURL(file).href
    const page = await (await browser.newContext(options)).newPage()
    const noise: string[] = []
    page.on('dialog', (dialog) => {
      noise.push(`dialog: ${dialog.message()}`)
      dialog.dismiss().catch(() => {})
    })
    page.on('console', (message) => void noise.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => void noise.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (request.url() !== address) noise.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    return { page, noise }
  }

  test.each([false, true])('hostile text in every field is only text (everywhere: %s)', async (everywhere) => {
    const report = reportOf(rolledBack, wrong)
    const { page, noise } = await show(pageOf(spoiled(report, hostile, { everywhere })))
    const harmless = await show(pageOf(spoiled(report, 'harmless', { everywhere })))
    await page.evaluate(unfold)
    expect(await page.evaluate(tagNames)).toEqual(await harmless.page.evaluate(tagNames))
    expect(await page.evaluate(isPwned)).toBe(false)
    expect(await page.evaluate(activeAttributes)).toEqual([])
    expect(await page.locator('h2').first().textContent()).toContain('<img src="http://127.0.0.1:9/x" onerror=')
    expect(noise).toEqual([])
  })

  test('its policy runs nothing, even if something were in it', async () => {
    const bad = '<script>pwned=1</script><img src="data:," onerror="pwned=1"><style>body{color:red}</style></main>'
    const { page, noise } = await show(pageOf(reportOf(rolledBack)).replace('</main>', bad))
    expect(await page.evaluate(isPwned)).toBe(false)
    expect(await page.evaluate(bodyColours)).not.toMatchObject({ color: 'rgb(255, 0, 0)' })
    expect(noise.filter((one) => one.includes('Content Security Policy')).length).toBeGreaterThan(2)
  })

  test.each([
    ['plain', reportOf(rolledBack, wrong)],
    ['hostile', spoiled(reportOf(rolledBack, wrong), hostile)],
  ])('on a screen of 360 pixels nothing is wider than it, all folds open: %s', async (_, report) => {
    const { page } = await show(pageOf(report), { viewport: { width: 360, height: 740 } })
    await page.evaluate(unfold)
    expect(await page.evaluate(widthOfPage)).toBe(360)
    expect(await page.evaluate(tooWide)).toEqual([])
  })

  test('a keyboard reaches every fold and link, sees where it is, and opens a fold', async () => {
    const { page } = await show(pageOf(reportOf(rolledBack, wrong)))
    const wanted = await page.locator('summary, a').count()
    const reached = new Set<number>()
    for (let count = 0; count < wanted; count += 1) {
      await page.keyboard.press('Tab')
      const { index, outline } = await page.evaluate<{ index: number; outline: string }>(focused)
      expect(outline).toBe('solid')
      reached.add(index)
    }
    expect(reached).not.toContain(-1)
    expect(reached.size).toBe(wanted)
    expect(await page.evaluate(isFocusedFoldOpen)).toBe(false)
    await page.keyboard.press('Enter')
    expect(await page.evaluate(isFocusedFoldOpen)).toBe(true)
  })

  test('the link of a step opens the fold of its log', async () => {
    const { page } = await show(pageOf(reportOf(rolledBack)))
    await page.getByRole('link', { name: 'log of release/smoke' }).click()
    expect(await page.getByText('curl: (22) The requested URL').isVisible()).toBe(true)
  })

  test('a screen reader has headings, the pictures in words, and each promise beside what was seen', async () => {
    const { page } = await show(pageOf(reportOf(rolledBack, wrong)))
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Rehearsal of examples/vps-systemd')
    expect(await page.getByRole('region').count()).toBe(2)
    const second = page.getByRole('region', { name: wrong.title })
    const row = second.getByRole('row', { name: 'not as promised: api on host-1' })
    expect(await row.getByRole('cell').allTextContents()).toEqual(['serves v1.0.0', 'serves v1.1.0'])
    expect(await second.getByRole('img', { name: /^api on host-1: v1\.0\.0 from 0\.0 s/ }).count()).toBe(1)
    expect(await second.getByRole('img', { name: /^users of api on host-1: 400 requests/ }).count()).toBe(1)
  })

  test.each(['light', 'dark'] as const)(
    'text has enough contrast, and so have the pictures: %s',
    async (colorScheme) => {
      const { page } = await show(pageOf(reportOf(rolledBack, wrong)), { colorScheme })
      await page.evaluate(unfold)
      const texts = await page.evaluate<Coloured[]>(textColours)
      expect(texts.length).toBeGreaterThan(100)
      expect(texts.filter(({ front, back }) => contrast(front, back) < 4.5)).toEqual([])
      const patterns = await page.evaluate<Coloured[]>(patternColours)
      expect(patterns).toHaveLength(6)
      expect(patterns.filter(({ front, back }) => contrast(front, back) < 3)).toEqual([])
      const backgroundColor = colorScheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)'
      expect(await page.evaluate(bodyColours)).toMatchObject({ backgroundColor })
    },
  )
})

interface Coloured {
  readonly front: string
  readonly back: string
}
