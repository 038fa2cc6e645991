import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { condition } from '../../../packages/rehearsal/src/engine/expressions.ts'

interface Step {
  readonly id: string
  readonly if?: string
}
const { inputs, runs } = parse(readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
  runs: { steps: Step[] }
}

/** The steps that run, for these inputs, settings and outputs of `plan`, after what went so far. */
function stepsFor(
  given: Record<string, string>,
  settings: Record<string, string>,
  plan: Record<string, string>,
  more: Record<string, unknown> = {},
  status: 'success' | 'failure' = 'success',
) {
  const all = { ...Object.fromEntries(Object.keys(inputs).map((name) => [name, ''])), ...given }
  const contexts = {
    inputs: { ...all, settings: JSON.stringify(settings) },
    steps: {
      plan: { outputs: plan },
      begin: { outputs: { target: given.target ?? '', 'release-id': '20261121T100000Z-0123456789ab-1' } },
      ...more,
    },
  }
  const scope = { contexts, status, cancelled: false, workspace: '/' }
  const runsIn = (step: Step) => (step.if === undefined ? status === 'success' : condition(step.if, scope))
  return runs.steps.filter(runsIn).map(({ id }) => id)
}

const vps = { SLOTS: '5006 5016', URLS: 'http://203.0.113.7/health' }
const plain = { URLS: 'http://203.0.113.7/health' }
const tag = { version: 'v1.5.0', 'proven-by': '.github/workflows/qa.yml', 'database-url': 'postgres://x' }
const go = { way: 'deploy', result: 'unchanged' }
const back = { way: 'rollback', result: 'unchanged' }

describe('the composite takes the steps', () => {
  test.each<[string, Record<string, string>, Record<string, string>, Record<string, string>, string]>([
    ['of QA', {}, plain, {}, 'notify-slack deployment artifact deploy-ssh health-gate'],
    ['of QA with a source of its own', { source: 'out' }, plain, {}, 'notify-slack deployment deploy-ssh health-gate'],
    [
      'of a tag that QA proved',
      tag,
      vps,
      { ...go, 'artifact-id': '9' },
      'plan notify-slack deployment proven migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of a tag that is built anew',
      tag,
      vps,
      go,
      'plan notify-slack deployment artifact migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    ['of a tag that was overtaken', tag, vps, { result: 'superseded' }, 'plan notify-slack'],
    [
      'of going back, with slots',
      { ...tag, version: 'previous' },
      vps,
      back,
      'plan notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    ['of going back, without slots', { version: 'previous' }, {}, back, 'plan notify-slack deployment deploy-ssh'],
    [
      'of a shadow release',
      { ...tag, until: 'gate' },
      vps,
      { ...go, 'artifact-id': '9' },
      'plan notify-slack proven deploy-ssh',
    ],
    [
      'of QA with an image by its digest',
      { image: 'x@sha256:0' },
      vps,
      {},
      'notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    [
      "of a tag, with the image of the tag's commit",
      { ...tag, image: 'ghcr.io/acme/x' },
      vps,
      go,
      'plan image notify-slack deployment migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of going back, with an image among the variables',
      { version: 'previous' },
      { ...vps, IMAGE: 'ghcr.io/acme/x' },
      back,
      'plan notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    ['of a contract', { ...tag, phase: 'contract' }, vps, go, 'plan notify-slack migrate-db health-gate'],
  ])('%s', (_, given, settings, plan, steps) => {
    expect(stepsFor(given, settings, plan).join(' ')).toBe(`begin ${steps} end`)
  })

  test('of a tag that was overtaken while it waited for the hosts, as far as them', () => {
    const overtaken = { 'deploy-ssh': { outputs: { result: 'superseded' } } }
    expect(stepsFor(tag, vps, { ...go, 'artifact-id': '9' }, overtaken).join(' ')).toBe(
      'begin plan notify-slack deployment proven migrate-db deploy-ssh end',
    )
  })

  test('of a tag that the judge refused: that is told, too', () => {
    expect(stepsFor(tag, vps, {}, {}, 'failure')).toContain('notify-slack')
    expect(stepsFor(tag, vps, {}, { begin: { outputs: {} } }, 'failure')).not.toContain('notify-slack')
  })

  test('of a commit whose image is missing: it is told, and nothing else is begun', () => {
    const failed = stepsFor({ ...tag, image: 'ghcr.io/acme/x' }, vps, go, { image: { outputs: {} } }, 'failure')
    expect(failed).toEqual(['notify-slack'])
  })

  const render = { target: 'render', services: 'api', 'render-api-key': 'rnd_1' }
  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['of a push to Render', render, {}, 'before notify-slack deployment deploy-render health-gate'],
    [
      'of a tag to Render that QA proved',
      { ...render, version: 'v1.5.0' },
      go,
      'plan before notify-slack deployment deploy-render health-gate',
    ],
    [
      'of going back on Render',
      { ...render, version: 'previous' },
      back,
      'plan before notify-slack deployment deploy-render health-gate',
    ],
    [
      'of a tag to Render that was overtaken',
      { ...render, version: 'v1.5.0' },
      { result: 'superseded' },
      'plan notify-slack',
    ],
  ])('%s', (_, given, plan, steps) => {
    expect(stepsFor(given, plain, plan).join(' ')).toBe(`begin ${steps} end`)
  })

  test('of a push to Render that somebody else overtook: no gate asks for what was passed over', () => {
    const overtaken = { 'deploy-render': { outputs: { result: 'superseded' } } }
    expect(stepsFor(render, plain, {}, overtaken)).not.toContain('health-gate')
  })
})
