import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './manifests.ts'

const leftOut = /(^|\/)(node_modules|dist|\.git|coverage|\.rehearsal)$/

/** Every hand-written text of this repository. */
const files = globSync('{*,.*,{actions,docs,examples,packages,scripts,test,tools,.github,.ci}/**/{*,.*}}', {
  cwd: root,
  exclude: (path) => leftOut.test(String(path)),
})
  .filter(
    (path) =>
      !leftOut.test(path) &&
      statSync(join(root, path)).isFile() &&
      !/^package-lock\.json$|\.(png|gif|svg|webp|log)$/.test(path),
  )
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const linesWith = (pattern: RegExp, of = files) =>
  of.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  )

test('the repository has text files', () => {
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['package.json', 'actions/deploy-ssh/action.yml']),
  )
})

test('.ci/run runs the test of the README', () => {
  const command = 'npm ci && npm test'
  for (const path of ['README.md', '.ci/run']) expect(files.find((file) => file.path === path)?.text).toContain(command)
})

test('no text has a TODO or FIXME', () => {
  const others = files.filter(({ path }) => path !== 'test/contracts/text.test.ts')
  expect(linesWith(/\b(TODO|FIXME)\b/, others)).toEqual([])
})

test('no text has a path of a developer’s machine', () => {
  // After a closing quote it goes on from a variable: "$belay"/work.
  const path = ['(?<!\\w["\'])(?<=^|[\\s"\'`(=:])/wo', 'rk/'].join('')
  expect(linesWith(new RegExp(path))).toEqual([])
})
