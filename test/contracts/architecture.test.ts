import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from './manifests.ts'

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

const sources = globSync('{actions,packages,tools,test}/**/*.{ts,sh}', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)),
})

const rules = [...page.matchAll(/^\*\*Rule (\d+)\. \S/gm)].map(([, number]) => Number(number))

test('every rule that a comment names is a rule of docs/architecture.md', () => {
  expect(rules).toEqual(Array.from({ length: 18 }, (_, index) => index + 1))
  const named = sources.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\b[Rr]ules? (\d+)\b/g)].map(([, number]) => ({
      path,
      rule: Number(number),
    })),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(({ rule }) => !rules.includes(rule))).toEqual([])
})

test('every rule is named in the title of a test', () => {
  const tests = sources.filter((path) => /\.(test|itest|e2e)\.ts$/.test(path))
  const titles = tests.flatMap((path) => [
    ...readFileSync(join(root, path), 'utf8').matchAll(/'[^'\n]*\(rules? ([\d, ]+)\):?'/g),
  ])
  const named = titles.flatMap(([, numbers = '']) => numbers.split(',').map(Number))
  expect(rules.filter((rule) => !named.includes(rule))).toEqual([])
})

test('the diagram of the packages has exactly the arrows that are imports of packages and tools', () => {
  const names = globSync('{packages,tools}/*/package.json', { cwd: root }).map((path) => path.split('/')[1] ?? '')
  const drawn = [...page.matchAll(/^ +([a-z-]+) --> ([a-z-]+)$/gm)].flatMap(([, from = '', to = '']) =>
    names.includes(from) ? [`${from} --> ${to}`] : [],
  )
  const real = sources.flatMap((path) => {
    const [, from = ''] = /^(?:packages|tools)\/([^/]+)\/src\/.*\.ts$/.exec(path) ?? []
    if (from === '') return []
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, path), 'utf8'), true, true)
    return importedFiles.flatMap(({ fileName }) => {
      const [, to] = /^@belay\/([^/]+)/.exec(fileName) ?? []
      return to === undefined || to === from ? [] : [`${from} --> ${to}`]
    })
  })
  expect([...new Set(real)].toSorted()).toEqual(drawn.toSorted())
})
