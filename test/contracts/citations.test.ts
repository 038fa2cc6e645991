import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './manifests.ts'

const leftOut = /(^|\/)(node_modules|dist|\.git|coverage|\.rehearsal)$/

/** Every text of this repository that may cite a page. */
const files = globSync('{*,.*,{actions,docs,examples,packages,tools,scripts,test,.github,.ci}/**/{*,.*}}', {
  cwd: root,
  exclude: (path) => leftOut.test(String(path)),
})
  .filter((path) => statSync(join(root, path)).isFile() && /\.(ts|sh|mjs|yml|md)$|run$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** The name by which GitHub links to a heading. */
const anchorOf = (heading: string) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-')

/** Where links into a page may lead: its headings, numbered where one comes again. */
function anchorsOf(page: string): Set<string> {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '')
  const counts = new Map<string, number>()
  return new Set(
    [...text.matchAll(/^#+ +(.+?)\s*$/gm)].map(([, heading = '']) => {
      const anchor = anchorOf(heading)
      const count = counts.get(anchor) ?? 0
      counts.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    }),
  )
}

function whyNot(page: string, anchor?: string): string | undefined {
  if (!existsSync(join(root, page))) return 'is not there'
  if (anchor !== undefined && page.endsWith('.md') && !anchorsOf(page).has(anchor)) return `has no #${anchor}`
  return undefined
}

test('an anchor is named as GitHub names it', () => {
  expect(anchorOf('@actions/github')).toBe('actionsgithub')
  expect(anchorOf('A lost answer to a `POST`')).toBe('a-lost-answer-to-a-post')
  expect(anchorsOf('docs/architecture.md')).toContain('add-a-driver')
})

test('every page and heading of docs/ that the source cites exists', () => {
  const sources = files.filter(({ path }) => !path.endsWith('.md') && path !== 'test/contracts/citations.test.ts')
  const cited = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\bdocs\/[\w/.-]+\.md(?:#([\w-]+))?/g)].map((found) => ({ path, found })),
  )
  expect(cited.filter(({ found: [, anchor] }) => anchor !== undefined).length).toBeGreaterThan(10)
  const wrong = cited.flatMap(({ path, found: [all, anchor] }) => {
    const why = whyNot(all.replace(/#.*/, ''), anchor)
    return why === undefined ? [] : [`${path}: ${all} ${why}`]
  })
  expect(wrong).toEqual([])
})

test('no comment cites a source that is not in the repository', () => {
  // "measured" alone says nothing of where: the page that it stands on does.
  const unknown = /\(facts: [a-z-]+[,)]|\bfacts\/[a-z]|\((?:was )?measured[:)]/
  const wrong = files.flatMap(({ path, text }) =>
    path === 'test/contracts/citations.test.ts'
      ? []
      : text.split('\n').flatMap((line, index) => (unknown.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  )
  expect(wrong).toEqual([])
})

test('every relative link of a page has an existing target', () => {
  const pages = files.filter(({ path }) => path.endsWith('.md'))
  const wrong = pages.flatMap(({ path, text }) =>
    [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^[a-z]+:/.test(link)) return []
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : relative(root, join(root, dirname(path), file))
      const why = whyNot(target, anchor)
      return why === undefined ? [] : [`${path}: ${link} ${why}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('docs/index.md leads to every page below docs/', () => {
  const seen = new Set<string>()
  const visit = (page: string): void => {
    if (seen.has(page) || !page.startsWith('docs/') || !page.endsWith('.md')) return
    seen.add(page)
    const text = files.find(({ path }) => path === page)?.text ?? ''
    for (const [, link = ''] of text.matchAll(/\]\(([^)\s#]+)/g)) visit(join(dirname(page), link))
  }
  visit('docs/index.md')
  const pages = files.map(({ path }) => path).filter((path) => /^docs\/.*\.md$/.test(path))
  expect(pages.filter((page) => !seen.has(page))).toEqual([])
})
