// Makes the README's pictures: `npm run pictures` rehearses a release that is caught and takes them from the page of that
// rehearsal. `npm run pictures -- FILE.html` takes them from a page that is there. It needs Chromium, and root to rehearse.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/pictures')
const schemes = ['light', 'dark'] as const

/** The release that is caught: kill -9 of the action while the traffic of the first host moves. */
const service = 'acme-api'
const fault = ['--environment', 'production', '--kill', `release (${service})/belay/blue-green-switch`]

/** Of a wide screen that GitHub shows without scaling it down much. */
const width = 880

/** Runs in the browser: a PNG as a lossless WebP, which is a third of its size. Both are base64. */
const lossless = `(async (png) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (one) => one.charCodeAt(0))]))
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const pixels = context.getImageData(0, 0, image.width, image.height)
  // Fewer shades at the edges of letters: half the size, and no difference to be seen.
  pixels.data.forEach((value, index) => (pixels.data[index] = Math.round(value / 51) * 51))
  context.putImageData(pixels, 0, 0)
  return canvas.toDataURL('image/webp', 1).split(',')[1]
})`

/**
 * Runs in the browser: leaves the command, the sentence, and of the picture the service with the fault, until its job has
 * ended. The page shows the other service and the rest of the time too.
 */
const onlyTheStory = `(() => {
  const run = [...document.querySelectorAll('main > section')].at(-1)
  const part = (name) => run.querySelector(name)
  const command = document.createElement('p')
  command.append(document.querySelector('header code'))
  command.firstChild.textContent = '$ ' + command.textContent.replace(/ --report .*/, '')

  const moments = part('.moments')
  const seconds = (moment) => parseFloat(moment.querySelector('.time').textContent)
  const whole = seconds(moments.lastChild)
  moments.style = 'list-style: none; padding: 0'
  for (const moment of [...moments.children])
    if (!/fault|decision|armed/.test(moment.className) && !moment.textContent.includes('release (${service}) ends')) moment.remove()
  // After the end of the job the other service follows.
  for (const moment of moments.children) {
    const color = { fault: 'var(--bad)', decision: 'var(--text)' }[moment.className] ?? 'transparent'
    moment.style = 'padding-left: 0.5rem; border-left: 4px solid ' + color
  }
  while (!moments.lastChild.textContent.includes('ends')) moments.lastChild.remove()

  const lanes = part('.lanes')
  for (const lane of [...lanes.children]) {
    const label = lane.querySelector('.label').textContent
    if (label !== 'seconds' && !label.includes('${service}')) lane.remove()
  }
  const shown = (seconds(moments.lastChild) * 1.05) / whole
  for (const lane of lanes.children) {
    lane.style = 'overflow: hidden; grid-template-columns: 19.5rem minmax(0, 1fr)'
    lane.lastChild.style = 'width: ' + 100 / shown + '%'
  }
  document.body.style = 'padding: 1rem 1.25rem'
  document.body.replaceChildren(
    document.querySelector('body > svg'), command, part('.verdict'), part('.legend'), lanes, moments)
})()`

const temporary = mkdtempSync(join(tmpdir(), 'pictures-'))
try {
  const [given] = process.argv.slice(2)
  const page = given ? resolve(given) : rehearse(join(temporary, 'page.html'))
  mkdirSync(folder, { recursive: true })
  await take(page)
} finally {
  rmSync(temporary, { recursive: true })
}

function rehearse(page: string): string {
  const program = ['scripts/node.mjs', 'tools/rehearsal/src/cli.ts', ...fault, '--report', page]
  execFileSync(process.execPath, program, { cwd: root, stdio: 'inherit' })
  return page
}

async function take(page: string): Promise<void> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args, timeout: 120_000 })
  try {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const tab = await context.newPage()
      await tab.goto(pathToFileURL(page).href)
      await tab.evaluate(onlyTheStory)
      const png = await tab.locator('body').screenshot()
      // In a page without the policy of the report's.
      const webp = await (await context.newPage()).evaluate(`(${lossless})('${png.toString('base64')}')`)
      const file = join(folder, `caught-${colorScheme}.webp`)
      writeFileSync(file, Buffer.from(webp as string, 'base64'))
      console.log(`${file}: ${Math.ceil(readFileSync(file).length / 1024)} KiB`)
      await context.close()
    }
  } finally {
    await browser.close()
  }
}
