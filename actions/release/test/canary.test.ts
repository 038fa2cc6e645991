import { readInputs } from '@belay/action-kit'
import { beforeAll, describe, expect, test } from 'vitest'
import { readBeginInputs } from '../begin/src/inputs.ts'
import { beginJob, said } from './support/begin.ts'
import { runs, stepsFor } from './support/composite.ts'

beforeAll(beginJob)

describe('a canary', () => {
  const metrics = 'samples: $.requests >= 100\nerrors: $.errors < 0.01'
  const url = 'service://shop/api-canary:80/stats'
  const judged = { canary: '25%', metrics, 'metrics-url': url }
  const saidOf = (given: string, inputs: Record<string, string>, variables: Record<string, string> = {}) =>
    said('kubernetes', `namespace ${given} ${Object.keys(inputs).join(' ')}`, variables, inputs)

  test('of manifests, with the metrics that judge it, from inputs or variables', () => {
    expect(saidOf('manifests', judged)).toBe('')
    const variables = { BELAY_CANARY: '25%', BELAY_METRICS: metrics, BELAY_METRICS_URL: url, BELAY_MANIFESTS: 'deploy' }
    expect(saidOf('', {}, variables)).toBe('')
    const raw: Record<string, string> = {
      target: 'kubernetes',
      environment: 'qa',
      given: 'environment namespace',
      settings: JSON.stringify(variables),
    }
    expect(readInputs(readBeginInputs, (name) => raw[name] ?? '')).toMatchObject({
      canary: '25%',
      metrics,
      metricsUrl: url,
    })
  })

  test.each<[string, Record<string, string>, string[]]>([
    ['manifests slots', judged, ['canary: is given together with slots. Give only one of the two.']],
    ['chart', judged, ['canary: is given together with chart. Give only one of the two.']],
    ['image', judged, ['canary: is given without manifests. Give the files of the objects too.']],
    ['manifests', { ...judged, canary: '2' }, ['canary: is "2". Give a percentage']],
    [
      'manifests',
      { canary: '25%' },
      ['metrics: is missing. Set the variable BELAY_METRICS of environment qa', 'Say what judges the canary'],
    ],
    ['manifests', { canary: '25%', metrics }, ['metrics-url: is missing.']],
    ['manifests', { ...judged, metrics: 'errors < 1', 'metrics-url': 'prometheus' }, ['metrics: ', 'metrics-url: ']],
    [
      'manifests',
      { metrics, 'metrics-url': url },
      ['metrics: is given without canary', 'metrics-url: is given without'],
    ],
  ])('with %s and %o is refused before anything changes', (given, inputs, words) => {
    const text = saidOf(given, inputs)
    for (const word of words) expect(text).toContain(word)
  })

  test('means nothing to another target: as an input it is refused, as a variable it is another service’s', () => {
    expect(said('render', 'services render-api-key canary metrics', {}, judged)).toContain(
      'canary: has no meaning with target: render. Leave it out, or give target: kubernetes',
    )
    expect(said('render', 'services render-api-key', { BELAY_CANARY: '200', BELAY_METRICS: 'x' })).toBe('')
  })
})

const plain = { BELAY_URLS: 'http://203.0.113.7/health' }
const go = { way: 'deploy' } as const
const back = { way: 'rollback' } as const

describe('a release to a cluster with a canary takes the steps', () => {
  const cluster = { target: 'kubernetes', namespace: 'shop', manifests: 'deploy', image: 'x@sha256:0', canary: '25%' }
  const stepsAfter = (result: string) => stepsFor(cluster, plain, go, { canary: { outputs: { result } } }).join(' ')
  const [first, last] = ['begin plan cluster notify-slack deployment canary', 'deploy-kubernetes health-gate end']

  test('and judges it before all pods get the release', () => {
    expect(stepsAfter('pending')).toBe(`${first} canary-gate ${last}`)
  })

  test('and judges none where no pod serves yet, or none is replaced', () => {
    expect(stepsAfter('noop')).toBe(`${first} ${last}`)
  })

  test('and goes back to all pods at once', () => {
    expect(stepsFor({ ...cluster, version: 'previous' }, plain, back)).not.toContain('canary')
  })

  test('by a variable too, which means nothing to another target', () => {
    const variables = { ...plain, BELAY_CANARY: '25%' }
    expect(stepsFor({ target: 'kubernetes', image: 'x@sha256:0' }, variables, go)).toContain('canary')
    expect(stepsFor({ target: 'render' }, variables, go)).not.toContain('canary')
    expect(stepsFor({}, variables, go)).not.toContain('canary')
  })

  test('the gate of the canary asks no URL, at which other pods answer too, and the gate at the end no metric', () => {
    const given = (name: string) => runs.steps.find(({ id }) => id === name)?.with ?? {}
    expect(Object.keys(given('canary-gate'))).toEqual(expect.arrayContaining(['metrics', 'metrics-url']))
    expect(given('canary-gate').urls).toBeUndefined()
    expect([given('health-gate').metrics, given('health-gate').urls]).toEqual([
      undefined,
      '${{ steps.begin.outputs.urls }}',
    ])
  })

  test('the release to all pods gets what the canary got, and no share', () => {
    const given = (name: string) => runs.steps.find(({ id }) => id === name)?.with ?? {}
    const { canary, ...same } = given('canary')
    expect(canary).toBe('${{ steps.begin.outputs.canary }}')
    // What a canary cannot stand beside is found before the schema changes.
    expect(given('objects').canary).toBe(canary)
    // What excludes a canary, and the rollback that has none.
    const { command: _, chart, values, set, slots, ...all } = given('deploy-kubernetes')
    expect([chart, values, set, slots].every(Boolean)).toBe(true)
    expect(all).toEqual(same)
  })
})
