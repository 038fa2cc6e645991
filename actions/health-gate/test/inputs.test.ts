import { Failure, readInputs as readWith } from '@belay/action-kit'
import { describe, expect, test } from 'vitest'
import { addressesWithSecret } from '../../../test/support/addresses.ts'
import { readInputs } from '../src/inputs.ts'

function read(given: Record<string, string>) {
  return readWith(readInputs, (name) => given[name] ?? '')
}

function issuesOf(given: Record<string, string>): string[] {
  try {
    read(given)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    expect(error.code).toBe('inputs')
    return error.message.split('\n').slice(1)
  }
  return []
}

const urls = 'https://api.example.com/health'

test('the defaults', () => {
  const inputs = read({ urls })
  expect(inputs).toEqual({
    urls: [new URL(urls)],
    expected: {
      statuses: [{ from: 200, to: 299 }],
      version: undefined,
      versionFrom: { text: 'sha', path: ['sha'] },
    },
    metrics: undefined,
    access: undefined,
    rules: { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 },
  })
})

test('everything given', () => {
  const inputs = read({
    urls: '\n  https://a.example.com/health \n# a comment\nhttp://127.0.0.1:8080\nhttps://a.example.com/health\n',
    'expect-status': '200, 204',
    'expect-version': ' 3f2a9c1b ',
    'version-from': 'header:X-Version',
    successes: '5',
    interval: '10s',
    timeout: '20s',
    deadline: '10m',
  })
  expect(inputs.urls.map(String)).toEqual(['https://a.example.com/health', 'http://127.0.0.1:8080/'])
  expect(inputs.expected).toMatchObject({ version: '3f2a9c1b', versionFrom: { header: 'x-version' } })
  expect(inputs.expected.statuses).toHaveLength(2)
  expect(inputs.rules).toEqual({ successes: 5, intervalMs: 10_000, timeoutMs: 20_000, deadlineMs: 600_000 })
})

test.each(addressesWithSecret)('a URL with a login or a key in it is refused and not printed: %s', (url) => {
  const text = JSON.stringify(issuesOf({ urls: url }))
  expect(text).toContain('…')
  expect(text).not.toContain('s3cret')
})

test('one error has all issues, each with its remedy', () => {
  const issues = issuesOf({
    urls: 'api.example.com/health\nhttps://user:s3cret@example.com/\nftp://x/?key=s3cret',
    'expect-status': '2xx',
    'expect-version': 'a\nb',
    'version-from': 'a..b',
    successes: 'three',
    interval: 'soon',
    timeout: '0s',
    deadline: '7h',
  })
  const inputs = issues.map((issue) => /- ([a-z-]+):/.exec(issue)?.[1])
  expect(inputs).toEqual([
    ...['urls', 'urls', 'urls', 'expect-status', 'expect-version', 'version-from'],
    ...['successes', 'interval', 'timeout', 'deadline'],
  ])
  for (const issue of issues) expect(issue).toMatch(/\. (Give|Write|Leave)/)
  expect(issues.join()).not.toContain('s3cret')
})

const metrics = { metrics: 'errors: up < 1', 'metrics-url': 'https://prometheus.example.com' }

test('metrics without a URL', () => {
  const inputs = read({
    'expect-version': 'v2',
    metrics: 'samples: count(x{v="{version}"}) >= 10\nerrors: x{v="{version}"} < 1',
    'metrics-url': 'https://metrics.example.com/{version}',
    'metrics-window': '5m',
  })
  expect(inputs.urls).toEqual([])
  expect(inputs.metrics).toMatchObject({
    metrics: [{ name: 'errors', condition: '< 1' }],
    server: { samples: { name: 'samples', condition: '>= 10' }, windowSeconds: 300, token: '' },
    namesVersion: true,
  })
  expect(inputs.expected.version).toBe('v2')
})

test('metrics of a Service of a cluster, and access to it', () => {
  const inputs = read({
    metrics: 'errors: $.errors < 1',
    'metrics-url': 'service://monitoring/metrics:http/v1?of={window}',
    kubeconfig: '/home/ci/kubeconfig',
  })
  expect(inputs.metrics?.service).toEqual({ namespace: 'monitoring', name: 'metrics:http', path: '/v1?of={window}' })
  expect(inputs.access).toMatchObject({ kubeconfig: '/home/ci/kubeconfig' })
})

const inCluster = { ...metrics, 'metrics-url': 'service://monitoring/prometheus:9090' }

describe('one issue', () => {
  test.each<[string, Record<string, string>, string]>([
    ['neither URLs nor metrics', {}, 'urls: is empty, and so is metrics'],
    ['only a comment', { urls: '# none' }, 'urls: is empty, and so is metrics'],
    ['two URLs on a line', { urls: `${urls} ${urls}` }, 'has a space in it'],
    ['no status', { urls, 'expect-status': ',' }, 'expect-status: holds no status'],
    ['too little time', { urls, successes: '4', interval: '10s', deadline: '30s' }, '4 successes 10 s apart take 30 s'],
    ['a timeout past the deadline', { urls, timeout: '3m' }, 'timeout: is 180 s, longer than the deadline of 120 s'],
    ['a metric without a server', { metrics: metrics.metrics }, 'metrics-url: is missing'],
    ['a server without a metric', { urls, 'metrics-url': metrics['metrics-url'] }, 'metrics: is missing'],
    ['a metric without a condition', { ...metrics, metrics: 'errors: up' }, 'has not the form NAME: QUERY < NUMBER'],
    ['two metrics of one name', { ...metrics, metrics: 'a: x < 1\na: y < 1' }, 'metrics: has "a" twice'],
    ['samples of nothing', { ...metrics, metrics: 'samples: x > 1' }, 'metrics: only counts samples'],
    ['a version that is not given', { ...metrics, metrics: 'a: x{v="{version}"} < 1' }, 'and expect-version is empty'],
    ['a server with a login', { ...metrics, 'metrics-url': 'https://u:p@x.example/' }, 'holds a login'],
    ['a Service without a port', { ...inCluster, 'metrics-url': 'service://a/b/' }, 'has not the form service://NAME'],
    ['a Service outside', { ...inCluster, 'metrics-url': 'service://a/../b:80/' }, 'has not the form service://NAME'],
    ['a login for a Service', { ...inCluster, 'metrics-token': 'x' }, 'metrics-token: is given, and the API server'],
    ['two ways to a cluster', { ...inCluster, kubeconfig: 'a', server: 'https://b' }, 'given together with kubeconfig'],
    ['a header without a name', { urls, 'version-from': 'header:' }, 'version-from: "header:"'],
  ])('%s', (_, given, text) => {
    const issues = issuesOf(given)
    expect(issues).toHaveLength(1)
    expect(issues[0]).toContain(text)
  })
})
