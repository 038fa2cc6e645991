import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOf, layers, type Project, suffixes } from '../../scripts/layers.ts'
import config from '../../vitest.config.ts'
import { root } from './manifests.ts'

const projects = Object.keys(suffixes) as Project[]
const suffix = /\.(test|itest|e2e|ktest)\.ts$/

const files = globSync('**/*.{ts,mts,cts,js,mjs,cjs,tsx}', {
  cwd: root,
  // An example is a repository of its own, with tests of its own.
  exclude: (path) => /(^|\/)(node_modules|dist|\.git|\.rehearsal|examples)$/.test(String(path)),
})
const tests = files.filter((path) => suffix.test(path))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('every project has tests', () => {
  for (const project of projects)
    expect(
      tests.some((path) => matchesGlob(path, filesOf(project))),
      project,
    ).toBe(true)
})

test('vitest has every project, each with the files of its suffix', () => {
  const known = (config.test?.projects ?? []).map((project) => (project as { test: object }).test)
  expect(known).toEqual(projects.map((name) => expect.objectContaining({ name, include: [filesOf(name)] })))
})

test('every test file belongs to exactly one project', () => {
  const of = (path: string) => projects.filter((project) => matchesGlob(path, filesOf(project)))
  expect(tests.filter((path) => of(path).length !== 1)).toEqual([])
})

test('a file with tests in it has one of the suffixes, and a suffix has nothing before it', () => {
  const own = /^(test|it|describe|need\([^\n]*\))(\.each[^\n]*)?\(/m
  // A contract that several drivers keep is a function; its tests stand in it, not at the beginning of a line.
  const strays = files.filter((path) => !suffix.test(path) && (/\.spec\./.test(path) || own.test(read(path))))
  expect(strays).toEqual([])
  expect(tests.filter((path) => path.replace(suffix, '').split('/').at(-1)?.includes('.'))).toEqual([])
})

describe('the layers', () => {
  const run = Object.values(layers).flatMap((layer) =>
    tests.filter(
      (path) =>
        layer.projects.some((project) => matchesGlob(path, filesOf(project))) &&
        (layer.paths.length === 0 || layer.paths.some((beginning) => path.startsWith(beginning))),
    ),
  )

  test('run every test file', () => {
    expect(tests.filter((path) => !run.includes(path))).toEqual([])
  })

  test('name no folder without tests', () => {
    const named = Object.values(layers).flatMap(({ paths }) => paths)
    expect(named.filter((beginning) => !tests.some((path) => path.startsWith(beginning)))).toEqual([])
  })
})

test('a unit test imports no hosts and needs nothing of the machine', () => {
  const needs = /^(?!import type ).*\bfrom '(@belay\/test-(?:hosts|cluster[^']*)|[^']*\/support\/need\.ts)'/m
  const units = tests.filter((path) => matchesGlob(path, filesOf('unit')) && needs.test(read(path)))
  expect(units).toEqual([])
})
