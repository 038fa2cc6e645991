import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Steps } from '../plan/src/steps.ts'
import { type Found, planned, runs, stepsFor } from './support/composite.ts'

beforeAll(() => {
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
})

const vps = { BELAY_SLOTS: '5006 5016', BELAY_URLS: 'http://203.0.113.7/health' }
const elsewhere = {
  ...vps,
  BELAY_PROXY_HOSTS: 'proxy1.example.com\nproxy2.example.com',
  BELAY_SLOTS: '10.0.0.1:5006 10.0.0.1:5016\n10.0.0.2:5006 10.0.0.2:5016',
}
const plain = { BELAY_URLS: 'http://203.0.113.7/health' }
const tag = { version: 'v1.5.0', 'proven-by': '.github/workflows/qa.yml', 'database-url': 'postgres://x' }
const compose = { restart: 'compose:/srv/acme/compose' }
const go = { way: 'deploy' } as const
const proven = { way: 'deploy', proven: true } as const
const back = { way: 'rollback' } as const

describe('the composite takes the steps', () => {
  test.each<[string, Record<string, string>, Record<string, string>, Found, string]>([
    ['of QA', {}, plain, go, 'notify-slack deployment artifact deploy-ssh health-gate'],
    ['of QA with a source of its own', { source: 'out' }, plain, go, 'notify-slack deployment deploy-ssh health-gate'],
    [
      'of a tag that QA verified',
      tag,
      vps,
      proven,
      'proxy notify-slack deployment proven hosts migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of a tag that is built again',
      tag,
      vps,
      go,
      'proxy notify-slack deployment artifact hosts migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    ['of a superseded tag', tag, vps, 'superseded', 'notify-slack'],
    [
      'of going back, with slots',
      { ...tag, version: 'previous' },
      vps,
      back,
      'proxy notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of a tag that QA verified, with proxies on other hosts',
      tag,
      elsewhere,
      proven,
      'proxy notify-slack deployment proven hosts migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of a release to a cluster without slots',
      { target: 'kubernetes', manifests: 'deploy' },
      { BELAY_NAMESPACE: 'shop' },
      go,
      'cluster notify-slack deployment deploy-kubernetes',
    ],
    ['of going back, without slots', { version: 'previous' }, {}, back, 'notify-slack deployment deploy-ssh'],
    ['of a shadow release', { ...tag, until: 'gate' }, vps, proven, 'notify-slack proven deploy-ssh'],
    [
      'of QA with an image by its digest',
      { ...compose, image: 'x@sha256:0' },
      vps,
      go,
      'proxy notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    [
      "of a tag, with the image of the tag's commit",
      { ...tag, ...compose, image: 'ghcr.io/acme/x' },
      vps,
      go,
      'image proxy notify-slack deployment hosts migrate-db deploy-ssh blue-green-switch health-gate',
    ],
    [
      'of going back, with an image among the variables',
      { version: 'previous' },
      { ...vps, BELAY_IMAGE: 'ghcr.io/acme/x' },
      back,
      'proxy notify-slack deployment deploy-ssh blue-green-switch health-gate',
    ],
    ['of a contract', { ...tag, phase: 'contract' }, vps, go, 'notify-slack migrate-db health-gate'],
    // An IMAGE or SLOTS of the organisation was taken for the service's.
    [
      "of QA, whatever an organisation's own variables say",
      {},
      { IMAGE: 'ghcr.io/acme/base', SLOTS: '1 2', TARGET: 'production' },
      go,
      'notify-slack deployment artifact deploy-ssh',
    ],
  ])('%s', (_, given, variables, found, steps) => {
    expect(stepsFor(given, variables, found).join(' ')).toBe(`begin plan ${steps} end`)
  })

  test('of a tag that the plan refused: that is reported, too', () => {
    expect(stepsFor(tag, vps, undefined, {}, 'failure')).toContain('notify-slack')
    expect(stepsFor(tag, vps, undefined, { begin: { outputs: {} } }, 'failure')).not.toContain('notify-slack')
  })

  test('of a commit whose image is missing: it is reported, and nothing else is begun', () => {
    const failed = stepsFor(
      { ...tag, ...compose, image: 'ghcr.io/acme/x' },
      vps,
      go,
      { image: { outputs: {} } },
      'failure',
    )
    expect(failed).toEqual(['notify-slack'])
  })

  const cluster = { target: 'kubernetes', namespace: 'shop', manifests: 'deploy', image: 'registry.example.com/api' }
  const job = { ...cluster, via: 'job:deploy/migrate.yml' }
  const render = { target: 'render', services: 'api', 'render-api-key': 'rnd_1' }
  test.each<[string, Record<string, string>, Found, string]>([
    ['of a push to Render', render, go, 'before notify-slack deployment deploy-render health-gate'],
    [
      'of a tag to Render that QA verified',
      { ...render, version: 'v1.5.0' },
      go,
      'before notify-slack deployment deploy-render health-gate',
    ],
    [
      'of going back on Render',
      { ...render, version: 'previous' },
      back,
      'before notify-slack deployment deploy-render health-gate',
    ],
    [
      'of a push to the idle slot of a cluster',
      { ...cluster, slots: 'blue green' },
      go,
      'image cluster notify-slack deployment deploy-kubernetes blue-green-switch health-gate',
    ],
    ['of a push to a cluster', cluster, go, 'image cluster notify-slack deployment deploy-kubernetes health-gate'],
    [
      'of an image by its digest to a cluster',
      { ...cluster, image: 'x@sha256:0\ny@sha256:1' },
      go,
      'cluster notify-slack deployment deploy-kubernetes health-gate',
    ],
    [
      'of a tag to a cluster that QA verified',
      { ...cluster, image: '', version: 'v1.5.0', 'proven-by': '.github/workflows/qa.yml' },
      go,
      'cluster notify-slack deployment deploy-kubernetes health-gate',
    ],
    [
      'of going back in a cluster',
      { ...cluster, version: 'previous' },
      back,
      'cluster notify-slack deployment deploy-kubernetes health-gate',
    ],
    [
      'of a Job in a cluster',
      job,
      go,
      'image cluster notify-slack deployment objects migrate-db deploy-kubernetes health-gate',
    ],
    [
      'of going back',
      { ...job, version: 'previous' },
      back,
      'cluster notify-slack deployment deploy-kubernetes health-gate',
    ],
    ['of a superseded tag to a cluster', { ...cluster, version: 'v1.5.0' }, 'superseded', 'notify-slack'],
    ['of a superseded tag to Render', { ...render, version: 'v1.5.0' }, 'superseded', 'notify-slack'],
  ])('%s', (_, given, found, steps) => {
    expect(stepsFor(given, plain, found).join(' ')).toBe(`begin plan ${steps} end`)
  })
})

test('several images of a cluster are digests, or refused before anything changes', () => {
  const image = 'x@sha256:0\nregistry.example.com/api'
  expect(() => planned({ target: 'kubernetes', image }, {}, go)).toThrow('image: has several lines')
})

describe('what deploy-ssh is given to release', () => {
  const given = ({ source, imageRef }: Steps) => [source, imageRef]

  test.each<[string, Record<string, string>, Record<string, string>, [string, string]]>([
    ['the artifact', {}, {}, ['/artifacts/1', '']],
    ['a source', { source: 'out' }, {}, ['out', '']],
    ['an image by its digest', { ...compose, image: 'x@sha256:0' }, {}, ['', 'x@sha256:0']],
    [
      'an image by its digest, from a variable',
      {},
      { BELAY_RESTART: compose.restart, BELAY_IMAGE: 'x@sha256:0' },
      ['', 'x@sha256:0'],
    ],
    // It is another service's of the same environment.
    ['the artifact, where no image is run', {}, { BELAY_IMAGE: 'x@sha256:0' }, ['/artifacts/1', '']],
    ['the image of the commit, which the registry is asked for', { ...compose, image: 'ghcr.io/acme/x' }, {}, ['', '']],
  ])('%s', (_, inputs, variables, expected) => {
    expect(given(planned(inputs, variables, go))).toEqual(expected)
  })
})

test('an image by hand, where none is run, is refused before anything changes', () => {
  expect(() => planned({ image: 'x@sha256:0' }, {}, go)).toThrow('image: is given, and restart is not compose')
})

test('a switch that goes back is final', () => {
  const previous = { version: 'previous' }
  expect(planned(previous, vps, back).undoSwitch).toBe(false)
  expect(planned(tag, vps, go).undoSwitch).toBe(true)
})

test('every condition of the composite is one comparison', () => {
  const long = runs.steps.map(({ if: text = '' }) => text).filter((text) => /&&.*&&|\|\||contains/.test(text))
  expect(long).toEqual([])
  const comparisons = runs.steps.map(({ if: text = '' }) => [...text.matchAll(/[!=]=/g)].length)
  expect(Math.max(...comparisons)).toBe(1)
})
