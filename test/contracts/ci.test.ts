import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { leftoverDists } from '../../scripts/bundles.ts'
import { layers, pathsWithoutTests } from '../../scripts/layers.ts'
import { interpolate } from '../../tools/workflow-runner/src/expressions.ts'
import { root } from './manifests.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const run = read('.ci/run')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const partsOfRun = /there are: ([a-z ]+)"/.exec(run)?.[1]?.split(' ') ?? []

/** Jobs of ci.yml by whether only the schedule runs them, and the commands of their steps as a person types them. */
const jobs = Object.values(parse(read('.github/workflows/ci.yml')).jobs as Record<string, CiJob>).map(
  ({ if: condition, steps = [] }) => ({
    weekly: condition === "github.event_name == 'schedule'",
    commands: steps.flatMap(({ run: command }) => command?.replace('sudo -E env "PATH=$PATH" ', '').trim() ?? []),
  }),
)

interface CiJob {
  readonly if?: string
  readonly steps?: readonly { readonly run?: string }[]
}

/** What a part of .ci/run runs, by the lines of its `case`. */
function commandsOf(part: string): string[] {
  const [, body = ''] = new RegExp(`^    ${part}\\)([\\s\\S]*?);;$`, 'm').exec(run) ?? []
  return [...body.matchAll(/\b(stage|faults) \S+ (.+?) *$/gm)].map(([, word, command = '']) =>
    word === 'faults' ? `npm run faults -- --seed "$BELAY_SEED" ${command}` : command,
  )
}

const weekly = ['slow', 'load']

test('.ci/run has parts', () => {
  expect(partsOfRun.length).toBeGreaterThan(7)
})

test.each(partsOfRun)('ci.yml runs every command of the part %s, for each change or on a schedule', (part) => {
  const commands = commandsOf(part)
  expect(commands.length, part).toBeGreaterThan(0)
  const run = jobs.filter((job) => job.weekly === weekly.includes(part)).flatMap((job) => job.commands)
  expect(run, part).toEqual(expect.arrayContaining(commands))
})

test('.ci/run without arguments runs all but what ci.yml runs on a schedule', () => {
  const defaults = /\|\| parts=\(([a-z ]+)\)/.exec(run)?.[1]?.split(' ') ?? []
  expect(partsOfRun.filter((part) => !defaults.includes(part))).toEqual(weekly)
  expect(parse(read('.github/workflows/ci.yml')).on.schedule).toHaveLength(1)
})

test('ci-ok waits for every job of ci.yml', () => {
  const { 'ci-ok': last, ...others } = parse(read('.github/workflows/ci.yml')).jobs
  expect([...last.needs].sort()).toEqual(Object.keys(others).sort())
})

test('both runs of CI take samples of the same size', () => {
  const inRun = [...run.matchAll(/BELAY_SAMPLE=(\d+) stage \S+ (npm run \S+)/g)].map(([, size, command]) => [
    command,
    size,
  ])
  const steps = Object.values<{ steps?: { run?: string; env?: Record<string, string> }[] }>(
    parse(read('.github/workflows/ci.yml')).jobs,
  ).flatMap((job) => job.steps ?? [])
  const inCi = steps.flatMap(({ run: command, env }) =>
    env?.BELAY_SAMPLE ? [[/npm run \S+/.exec(command ?? '')?.[0], String(env.BELAY_SAMPLE)]] : [],
  )
  expect(inRun.length).toBeGreaterThan(2)
  expect(inCi.toSorted()).toEqual(inRun.toSorted())
})

test('.ci/run is short, and every script that it calls exists', () => {
  expect(run.trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  const called = [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)
  expect(called).toContain('incidents')
  expect(called.filter((name) => !scripts[name])).toEqual([])
})

test('every layer of tests is one npm script', () => {
  const calls = Object.values(scripts).flatMap(
    (script) => /^node scripts\/node\.mjs scripts\/test\.ts (\w+)$/.exec(script)?.[1] ?? [],
  )
  expect(calls.sort()).toEqual(Object.keys(layers).sort())
})

test('a bundle without source is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-leftover-'))
  try {
    for (const path of [
      'a/src/main.ts',
      'a/dist/index.js',
      'a/old/dist/index.js',
      'b/dist/index.js',
      'toolkit/dist/x',
    ]) {
      mkdirSync(dirname(join(folder, 'actions', path)), { recursive: true })
      writeFileSync(join(folder, 'actions', path), '')
    }
    expect(leftoverDists(folder)).toEqual(['actions/a/old/dist', 'actions/b/dist'])
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(leftoverDists(root)).toEqual([])
})

test('every path of a layer has tests, and a path without tests is named', () => {
  for (const layer of Object.values(layers)) expect(pathsWithoutTests(layer, root)).toEqual([])
  const moved = { projects: ['e2e'], paths: ['test/incidents', 'test/contracts', 'test/nights'], extras: [] } as const
  // Unit tests are there, and none that this layer would run.
  expect(pathsWithoutTests(moved, root)).toEqual(['test/contracts', 'test/nights'])
})

// A push would replace a waiting scheduled run, and the slow tests would not run that week.
test.each(['ci.yml', 'on-github.yml'])('a scheduled run of %s waits for no push', (file) => {
  const { group } = parse(read(`.github/workflows/${file}`)).concurrency as { group: string }
  const groupOf = (event_name: string) =>
    interpolate(group, {
      contexts: { github: { ref: 'refs/heads/main', event_name }, inputs: { way: 'commit' } },
      status: 'success',
      cancelled: false,
      workspace: '/',
    })
  expect(groupOf('schedule')).not.toBe(groupOf('push'))
})

test('no test is retried: a test that needs a second try is a defect', () => {
  expect(read('vitest.config.ts')).not.toMatch(/\bretry\b/)
})

test('npm test calls its installation itself: npm skips a pretest with ignore-scripts', () => {
  expect(Object.keys(scripts).filter((name) => /^(pre|post)/.test(name))).toEqual([])
})
