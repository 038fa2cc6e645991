import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInputs, releaseInputs } from '@belay/action-kit'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readBeginInputs } from '../begin/src/inputs.ts'
import { ownInputs, targets } from '../begin/src/target.ts'
import { waitsOf } from '../begin/src/times.ts'
import { beginJob, said } from './support/begin.ts'

const manifest = parse(readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8'))

beforeAll(beginJob)

const servers = { BELAY_HOSTS: 'deploy@203.0.113.7', BELAY_KNOWN_HOSTS: '203.0.113.7 ssh-ed25519 AAAA' }

describe('a target', () => {
  test.each<[string, string, Record<string, string>]>([
    ['', 'hosts known-hosts ssh-key slots', {}],
    ['ssh', 'ssh-key', servers],
    ['render', 'services render-api-key render-checks render-env', {}],
    ['kubernetes', 'namespace manifests slots image kubeconfig lock-timeout keep-releases registry-token', {}],
    ['kubernetes', '', { BELAY_NAMESPACE: 'shop', BELAY_IMAGE: 'registry.example.com/api' }],
    // Its hosts are a variable of an environment that it shares with others.
    ['render', 'render-api-key', { ...servers, BELAY_SERVICES: 'api' }],
  ])('%s with what it needs: %s', (target, given, variables) => {
    expect(said(target, given, variables)).toBe('')
  })

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      '',
      '',
      {},
      ['3 inputs are', 'hosts: is missing', 'target: render', 'known-hosts: is missing', 'ssh-key: is missing'],
    ],
    ['render', 'render-api-key', {}, ['services: is missing']],
    [
      'render',
      'slots database-url ssh-key',
      { BELAY_SERVICES: 'api' },
      [
        'render-api-key: is missing',
        'slots: has no meaning with target: render. Leave it out: Render always starts',
        'database-url: has no meaning',
        'migrate-db',
        'ssh-key: has no meaning with target: render. Leave it out, or give target: ssh',
      ],
    ],
    ['ssh', 'services hosts known-hosts ssh-key', {}, ['services: has no meaning with target: ssh']],
    ['nomad', '', {}, ['target: is "nomad". Give one of: ssh, render, kubernetes']],
    ['kubernetes', '', {}, ['namespace: is missing', 'manifests: is missing, and chart and image too']],
    [
      'kubernetes',
      'namespace image until database-url services first-release',
      {},
      [
        'until: has no meaning with target: kubernetes. Leave it out, or give target: ssh',
        'database-url: has no meaning with target: kubernetes. Leave it out, and give via: job:FILE',
        'services: has no meaning with target: kubernetes. Leave it out, or give target: render',
        'first-release: has no meaning with target: kubernetes. Leave it out, or give target: ssh',
      ],
    ],
    [
      'render',
      'services render-api-key lock-timeout',
      {},
      ['lock-timeout: has no meaning with target: render. Leave it out, or give target: ssh or kubernetes'],
    ],
  ])('%s with %s is refused, all errors at once', (target, given, variables, words) => {
    for (const word of words) expect(said(target, given, variables)).toContain(word)
  })
})

test('a wrong URL is refused before anything changes, by the name that its user knows', () => {
  expect(said('', 'ssh-key', { ...servers, BELAY_URLS: 'api.example.com/health' })).toContain(
    'BELAY_URLS: "api.example.com/health" does not start with http:// or https://',
  )
})

describe('what is missing is named as its user knows it', () => {
  test('the variable, the input and the environment', () => {
    const text = said('', 'ssh-key', { BELAY_URLS: 'http://203.0.113.7/' })
    expect(text).toContain('hosts: is missing. Set the variable BELAY_HOSTS of environment qa, or the input hosts.')
    expect(text).toContain('known-hosts: is missing. Set the variable BELAY_KNOWN_HOSTS of environment qa')
  })

  test('the secret that the input gets', () => {
    expect(said('', '', servers)).toContain(
      'ssh-key: is missing. Set a secret of environment qa, and pass it to the input ssh-key.',
    )
  })

  test('a wrong value of a variable is an error of that variable', () => {
    expect(said('', 'ssh-key', { ...servers, BELAY_TARGET: 'production' })).toContain(
      'BELAY_TARGET: is "production". Give one of: ssh, render, kubernetes.',
    )
  })
})

describe('a variable with the prefix that stands for no input is refused', () => {
  test.each([
    // Before: UNTIL=gate released for real.
    ['BELAY_UNTIL', 'applies to one run only'],
    ['BELAY_VERSION', 'applies to one run only'],
    ['BELAY_COMMAND', 'applies to one run only'],
    ['BELAY_DRY_RUN', 'applies to one run only'],
    ['BELAY_OVERRIDE_REASON', 'applies to one run only'],
    ['BELAY_SSH_KEY', 'is secret'],
    ['BELAY_DATABASE_URL', 'is secret'],
    ['BELAY_ARTIFACT', 'belongs to the commit'],
    ['BELAY_HOST', 'is not a variable of Belay. Did you mean BELAY_HOSTS?'],
    ['BELAY_KNOWNHOSTS', 'Did you mean BELAY_KNOWN_HOSTS?'],
    ['BELAY_CONFIRM_TIME_OUT', 'Did you mean BELAY_CONFIRM_TIMEOUT?'],
    ['BELAY_COFFEE', 'docs/variables.md'],
    // One letter more than BELAY_CHECK: it was Render's input, so that servers were released without their check.
    ['BELAY_CHECKS', 'Did you mean BELAY_CHECK?'],
    // Read as the environment; it was what Render's services get.
    ['BELAY_ENV', 'is not a variable of Belay'],
    ['BELAY_RESULT', 'Belay itself sets env.BELAY_RESULT'],
  ])('%s', (name, words) => {
    const text = said('', 'ssh-key', { ...servers, [name]: 'x' })
    expect(text).toContain(`${name}: `)
    expect(text).toContain(words)
  })

  test('all in one error, and a variable without the prefix is ignored', () => {
    const text = said('', '', { UNTIL: 'gate', HOSTS: 'x', BELAY_UNTIL: 'gate', BELAY_HOST: 'x' })
    expect(text).toMatch(/^5 inputs are invalid; nothing was changed/)
    expect(text).not.toMatch(/- (UNTIL|HOSTS)/)
  })
})

describe('confirm-timeout must be longer than what Belay itself may take after the change', () => {
  const weights = { BELAY_WEIGHTS: '5 25 50', BELAY_HOLD: '1m' }

  test.each<[string, Record<string, string>, string, string]>([
    [
      'the check alone',
      { BELAY_CONFIRM_TIMEOUT: '60s' },
      '',
      'is 60 s, and Belay’s own steps may take check-timeout 60 s',
    ],
    [
      'Compose, which waits for its containers before the check',
      { BELAY_CONFIRM_TIMEOUT: '2m', BELAY_RESTART: 'compose:/srv/acme' },
      '',
      '2 × check-timeout 60 s (the containers, then the check) = 120 s',
    ],
    [
      'check and gate',
      { BELAY_CONFIRM_TIMEOUT: '3m', BELAY_URLS: 'http://203.0.113.7/' },
      '',
      'check-timeout 60 s + gate-deadline 120 s = 180 s',
    ],
    [
      'with slots: weights, drain and gate',
      { ...weights, BELAY_DRIVER: 'haproxy', BELAY_CONFIRM_TIMEOUT: '3m', BELAY_URLS: 'http://203.0.113.7/' },
      '5006 5016',
      '3 weights × hold 60 s + drain-timeout 10 s + gate-deadline 120 s = 310 s',
    ],
  ])('%s', (_, variables, slots, words) => {
    const text = said('', 'ssh-key', { ...servers, ...variables }, { slots })
    expect(text).toContain(`BELAY_CONFIRM_TIMEOUT: is `)
    expect(text).toContain(words.replace('’', "'"))
  })

  test.each<[string, Record<string, string>]>([
    ['a contract', { phase: 'contract' }],
    ['a shadow release', { until: 'gate', slots: '5006 5016' }],
  ])('%s waits for no confirmation', (_, inputs) => {
    expect(said('', 'ssh-key', { ...servers, BELAY_CONFIRM_TIMEOUT: '20s' }, inputs)).toBe('')
  })

  test('behind nginx the weights of another service take no time', () => {
    const variables = { ...servers, ...weights, BELAY_CONFIRM_TIMEOUT: '2m' }
    expect(said('', 'ssh-key', variables, { slots: '5006 5016' })).toBe('')
  })

  test('a time without a unit is refused: minutes were meant', () => {
    expect(said('', 'ssh-key', { ...servers, BELAY_CONFIRM_TIMEOUT: '10' })).toContain(
      'BELAY_CONFIRM_TIMEOUT: is "10", without a unit. Give 10s or 10m.',
    )
  })

  describe('in a cluster', () => {
    const cluster = { BELAY_NAMESPACE: 'shop', BELAY_IMAGE: 'registry.example.com/api' }
    const watched = { ...cluster, BELAY_CONFIRM_IMAGE: 'registry.example.com/kubectl@sha256:0' }
    const gated = { ...watched, BELAY_URLS: 'http://203.0.113.7/', BELAY_SLOTS: 'blue green' }

    test('only the gate counts, as its pod waits from the switch on', () => {
      const text = said('kubernetes', '', { ...gated, BELAY_CONFIRM_TIMEOUT: '2m' })
      expect(text).toContain("BELAY_CONFIRM_TIMEOUT: is 120 s, and Belay's own steps may take gate-deadline 120 s")
      expect(text).toContain('After this time the cluster moves the traffic back')
      expect(said('kubernetes', '', { ...gated, BELAY_CONFIRM_TIMEOUT: '121s' })).toBe('')
    })

    test.each<[string, string, Record<string, string>, string]>([
      ['an image without slots', 'confirm-image', cluster, 'confirm-image: is given without slots'],
      ['a time without an image', 'confirm-timeout', cluster, 'confirm-timeout: is given without confirm-image'],
    ])('%s is refused', (_, given, variables, text) => {
      expect(said('kubernetes', given, variables, { 'confirm-image': given === 'confirm-image' ? 'x' : '' })).toContain(
        text,
      )
    })

    test('what an environment has for other services is ignored', () => {
      expect(said('kubernetes', '', { ...cluster, BELAY_CONFIRM_TIMEOUT: '1m' })).toBe('')
      expect(said('kubernetes', '', watched)).toBe('')
    })
  })

  test('the defaults leave room', () => {
    const times = {
      inCluster: false,
      gate: true,
      compose: true,
      checkTimeout: 60,
      gateDeadline: 120,
      drainTimeout: 10,
      weights: 3,
      hold: 30,
    }
    for (const hasSlots of [true, false])
      for (const spans of waitsOf({ ...times, hasSlots }))
        expect(spans.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(600)
  })
})

describe('with proxies on other hosts', () => {
  const places = '10.0.0.1:5006 10.0.0.1:5016\n10.0.0.2:5006 10.0.0.2:5016'
  const proxies = 'deploy@203.0.113.1\ndeploy@203.0.113.2'
  const check = 'http://{host}:{slot}/health'
  const checkOf = (raw: Record<string, string>, variables: Record<string, string>) =>
    readInputs(
      readBeginInputs,
      (name) => ({ environment: 'qa', settings: JSON.stringify(variables), ...raw })[name] ?? '',
    ).proxyCheck

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['both as inputs', { 'proxy-hosts': proxies, check }, {}],
    ['both as variables', {}, { BELAY_PROXY_HOSTS: proxies, BELAY_CHECK: check }],
    ['the hosts as a variable', { check }, { BELAY_PROXY_HOSTS: proxies }],
    ['the check as a variable', { 'proxy-hosts': proxies }, { BELAY_CHECK: check }],
  ])('the proxies ask the check: %s', (_, raw, variables) => {
    expect(checkOf(raw, variables)).toBe(check)
  })

  test('without them the switch asks what deploy-ssh left on the host, which may be a command', () => {
    expect(checkOf({ check: 'command:/usr/bin/true {slot}' }, {})).toBe('')
    expect(checkOf({}, { BELAY_CHECK: 'http://localhost:{slot}/health' })).toBe('')
  })

  test('a line for each server is valid', () => {
    expect(said('', 'ssh-key proxy-hosts slots', servers, { 'proxy-hosts': proxies, slots: places })).toBe('')
    expect(said('', 'ssh-key', { ...servers, BELAY_PROXY_HOSTS: proxies, BELAY_SLOTS: places })).toBe('')
  })

  test('a line for each server counts as slots in the times', () => {
    const variables = { ...servers, BELAY_PROXY_HOSTS: proxies, BELAY_SLOTS: places, BELAY_URLS: 'http://203.0.113.7/' }
    // The proxies wait from the move on; the slot hosts wait 240 s longer than they do.
    const text = said('', 'ssh-key', { ...variables, BELAY_CONFIRM_TIMEOUT: '130s' })
    expect(text).toContain("is 130 s, and Belay's own steps may take drain-timeout 10 s + gate-deadline 120 s = 130 s")
    expect(said('', 'ssh-key', { ...variables, BELAY_CONFIRM_TIMEOUT: '131s' })).toBe('')
  })
})

test('the composite hands begin every input that is not for all targets, under its own name', () => {
  const { given } = manifest.runs.steps.find(({ id }: { id: string }) => id === 'begin').with
  const named = [...given.matchAll(/\$\{\{ inputs\.([\w-]+) && '([\w-]+)' \}\}/g)]
  for (const [, input, name] of named) expect(input).toBe(name)
  const wanted = new Set(['urls', 'image', ...targets.flatMap(ownInputs)])
  expect(named.map(([, input]) => input).sort()).toEqual([...wanted].sort())
})

test('every input of release is a variable, a secret, a decision of the run or of the commit', () => {
  const all = Object.values(releaseInputs).flatMap((kind) => [...new Set<string>(Object.values(kind).flat())])
  expect([...new Set(all)]).toHaveLength(all.length)
  expect([...all, 'settings'].sort()).toEqual(Object.keys(manifest.inputs).sort())
})
