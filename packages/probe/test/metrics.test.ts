import { describe, expect, test } from 'vitest'
import { parseMetric, urlWithValues, withValues } from '../src/metrics/metric.ts'
import { jsonReading, prometheusReading } from '../src/metrics/reading.ts'
import { parseServiceAddress, proxiedUrl } from '../src/metrics/service-address.ts'

function metricOf(text: string) {
  const parsed = parseMetric(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.metric
}

describe('a line', () => {
  test.each([
    ['errors: sum(rate(x[2m])) < 0.01', 'errors', { promql: 'sum(rate(x[2m]))' }, '< 0.01'],
    ['p95 latency: x>=1e-3', 'p95 latency', { promql: 'x' }, '>= 1e-3'],
    ['busy: count(up == 1 < 5) > -2.5', 'busy', { promql: 'count(up == 1 < 5)' }, '> -2.5'],
    ['errors: $.errors[0].rate <= .5', 'errors', { path: ['errors', 0, 'rate'], text: '$.errors[0].rate' }, '<= .5'],
  ])('%s', (text, name, query, condition) => {
    expect(metricOf(text)).toMatchObject({ name, query, condition })
  })

  test.each([
    ['errors < 1', 'has not the form'],
    ['errors: x', 'has not the form'],
    ['errors: x == 1', 'has not the form'],
    ['errors: x < 5%', 'has not the form'],
    ['errors: $.a[*] < 1', 'does not lead to one value'],
  ])('%s is refused', (text, problem) => {
    expect(parseMetric(text)).toMatchObject({ problem: expect.stringContaining(problem) })
  })

  test.each([
    ['x: y < 1', [0.9], [1, 1.1]],
    ['x: y <= 1', [0.9, 1], [1.1]],
    ['x: y > 1', [1.1], [1, 0.9]],
    ['x: y >= 1', [1, 1.1], [0.9]],
  ])('%s', (text, holding, others) => {
    const { holds } = metricOf(text)
    expect(holding.map(holds)).toEqual(holding.map(() => true))
    expect(others.map(holds)).toEqual(others.map(() => false))
  })

  test('the version and the window are put in, and a version cannot end its string', () => {
    const values = { version: 'v2"} or x{a="', windowSeconds: 120 }
    expect(withValues('x{v="{version}"}[{window}]', values)).toBe('x{v="v2\\"} or x{a=\\""}[120s]')
    expect(urlWithValues('https://x/{version}?w={window}', values)).toBe('https://x/v2%22%7D%20or%20x%7Ba%3D%22?w=120s')
  })
})

const answer = (document: unknown, status = 200) => ({ status, body: Buffer.from(JSON.stringify(document)) })
const vector = (...values: string[]) =>
  answer({ status: 'success', data: { resultType: 'vector', result: values.map((one) => ({ value: [1, one] })) } })

describe('an answer of Prometheus', () => {
  test('one series is a number, and so is a scalar', () => {
    expect(prometheusReading(vector('0.25'))).toEqual({ value: 0.25 })
    const scalar = answer({ status: 'success', data: { resultType: 'scalar', result: [1, '7'] } })
    expect(prometheusReading(scalar)).toEqual({ value: 7 })
  })

  test.each([
    ['no series', vector(), 'no-data', 'has no data', undefined],
    ['a share of nothing', vector('NaN'), 'no-data', 'its value is NaN', undefined],
    ['a share of nothing', vector('+Inf'), 'no-data', 'its value is +Inf', undefined],
    ['two series', vector('1', '2'), 'query', 'is 2 series', true],
    [
      'a matrix',
      answer({ status: 'success', data: { resultType: 'matrix', result: [] } }),
      'query',
      'is a matrix',
      true,
    ],
    [
      'a query that is wrong',
      answer({ status: 'error', errorType: 'bad_data', error: 'parse error' }, 400),
      'query',
      'parse error',
      true,
    ],
    [
      'a query that was too slow',
      answer({ status: 'error', errorType: 'timeout', error: 'timed out' }, 503),
      'query',
      'timed out',
      undefined,
    ],
    [
      'a login page',
      { status: 200, body: Buffer.from('<html>') },
      'metrics-refused',
      'not that of Prometheus',
      undefined,
    ],
    ['a refusal', { status: 401, body: Buffer.from('no') }, 'metrics-refused', 'answered 401', undefined],
  ])('%s is no number', (_, given, cause, message, fatal) => {
    const reading = prometheusReading(given)
    expect(reading).toMatchObject({ missing: { kind: 'error', cause, message: expect.stringContaining(message) } })
    expect('missing' in reading && reading.missing.fatal).toBe(fatal)
  })
})

test('the API server says why it cannot ask a Service', () => {
  const given = answer({ kind: 'Status', message: 'no endpoints available for service "web"' }, 503)
  const missing = { message: 'cannot be queried: the server answered 503: no endpoints available for service "web"' }
  expect(prometheusReading(given)).toMatchObject({ missing })
})

describe('the address of a Service', () => {
  test.each([
    ['service://shop/web:80', 'shop/services/web:80/proxy/'],
    ['service://shop/web:http/a/b?of={version}', 'shop/services/web:http/proxy/a/b?of={version}'],
  ])('%s', (text, rest) => {
    const service = parseServiceAddress(text)
    expect(service && proxiedUrl(service)).toBe(`http://localhost/api/v1/namespaces/${rest}`)
  })

  test.each([
    'service://shop/web',
    'service://shop/web/80',
    'service:shop/web:80',
    'service://Shop/web:80',
    'service://shop/web:80/../../../secrets',
    'service://shop/web:80/%2e%2e/x',
  ])('%s has another form', (text) => {
    expect(parseServiceAddress(text)).toBeUndefined()
  })
})

describe('an answer in JSON', () => {
  const place = { path: ['errors', 'rate'], text: '$.errors.rate' }

  test.each([0.5, '0.5'])('%j is a number', (rate) => {
    expect(jsonReading(answer({ errors: { rate } }), place)).toEqual({ value: 0.5 })
  })

  test.each([
    ['null', answer({ errors: { rate: null } }), 'no-data'],
    ['nothing', answer({}), 'no-data'],
    ['an empty text', answer({ errors: { rate: '' } }), 'no-data'],
    ['true', answer({ errors: { rate: true } }), 'no-data'],
    ['a list', answer({ errors: { rate: [5] } }), 'no-data'],
    ['a page', { status: 200, body: Buffer.from('<html>') }, 'metrics-refused'],
    ['an error', answer({ errors: { rate: 0 } }, 500), 'metrics-refused'],
  ])('%s is none', (_, given, cause) => {
    expect(jsonReading(given, place)).toMatchObject({ missing: { kind: 'error', cause } })
  })
})
