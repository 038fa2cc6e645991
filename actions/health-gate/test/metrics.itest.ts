import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Inputs, openJob } from '@belay/action-harness'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { describeIf } from '../../../test/support/need.ts'

/** Requests of each version so far, as a service counts them; `v2` is good, `v3` fails one of five, `v4` is new. */
const [v2, v3, v4] = [
  { good: 0, bad: 0 },
  { good: 0, bad: 0 },
  { good: 0, bad: 0 },
]

function exposition(): string {
  const lines = Object.entries({ v2, v3, v4 }).flatMap(([version, { good, bad }]) => [
    `http_requests_total{version="${version}",code="200"} ${good}`,
    `http_requests_total{version="${version}",code="500"} ${bad}`,
  ])
  return `# TYPE http_requests_total counter\n${lines.join('\n')}\n`
}

const rate = (code: string) => `sum(rate(http_requests_total{version="{version}"${code}}[{window}]))`
const errors = `errors: ${rate(',code=~"5.."')} / ${rate('')} < 0.05`
const samples = 'samples: sum(increase(http_requests_total{version="{version}"}[{window}])) >= 20'

describeIf(whyMissing('prometheus'))('a gate on a real Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-prometheus-'))
  let prometheus: ChildProcess | undefined
  let service: http.Server
  let traffic: NodeJS.Timeout
  let url = ''
  /** What a JSON answer of another system says, and which token it was given. */
  let report: unknown = {}
  let tokens: (string | undefined)[] = []

  beforeAll(async () => {
    service = http.createServer((request, response) => {
      if (request.url?.startsWith('/metrics')) return response.end(exposition())
      tokens.push(request.headers.authorization)
      response.end(JSON.stringify(report))
    })
    const port = await listen(service)
    traffic = setInterval(() => {
      v2.good += 10
      v3.good += 8
      v3.bad += 2
      v4.good += 0.01
    }, 200)
    const config = {
      global: { scrape_interval: '500ms', scrape_timeout: '400ms' },
      scrape_configs: [{ job_name: 'service', static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
    }
    // JSON is YAML.
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config))
    const own = await freePort()
    url = `http://127.0.0.1:${own}`
    prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
      ],
      { stdio: 'ignore' },
    )
    const counted = encodeURIComponent('increase(http_requests_total{version="v2",code="200"}[30s])')
    const scraped = async () => {
      const answer = await fetch(`${url}/api/v1/query?query=${counted}`).catch(() => undefined)
      return (await answer?.text())?.includes('"value"') ?? false
    }
    for (const last = Date.now() + 60_000; !(await scraped()); await new Promise((done) => setTimeout(done, 200)))
      if (Date.now() > last) throw new Error('Prometheus scraped nothing')
  })

  afterAll(async () => {
    clearInterval(traffic)
    prometheus?.kill('SIGKILL')
    await new Promise((resolve) => (prometheus?.exitCode === null ? prometheus.once('exit', resolve) : resolve(0)))
    await new Promise((resolve) => service.close(resolve))
    rmSync(folder, { recursive: true, force: true })
  })

  // Ends soon where it does not pass; one that passes may take its time on a busy machine.
  const quick = { successes: '2', interval: '1s', timeout: '3s', deadline: '4s', 'metrics-window': '30s' }
  const patient = { deadline: '15s' }

  async function gate(inputs: Inputs) {
    const job = openJob()
    try {
      const stage = await job
        .step('health-gate')
        .main({ ...quick, 'metrics-url': url, ...inputs }, { timeoutMs: 30_000 })
      return { ...stage, metrics: JSON.parse(stage.outputs.metrics ?? '[]') }
    } finally {
      job.close()
    }
  }

  test('passes where the new version is good, with the numbers in the summary', async () => {
    const { exit, outputs, metrics, summary } = await gate({
      ...patient,
      metrics: `${samples}\n${errors}`,
      'expect-version': 'v2',
    })
    expect({ exit, verdict: outputs.verdict }).toEqual({ exit: 0, verdict: 'pass' })
    expect(metrics).toMatchObject([{ name: 'errors', condition: '< 0.05', value: 0, last: 'pass' }])
    expect(metrics[0].samples).toBeGreaterThan(20)
    expect(summary).toMatch(/\| errors \| `< 0\.05` \| \d+ \| 0, 0.* \| \d/)
    expect(outputs.instances).toBe('[]')
  })

  test('fails where the new version is bad, though the old one is good', async () => {
    const { outputs, metrics, summary } = await gate({ metrics: `${samples}\n${errors}`, 'expect-version': 'v3' })
    expect(outputs).toMatchObject({ verdict: 'fail', 'failure-code': 'gate-failed' })
    expect(metrics[0].value).toBeCloseTo(0.2, 1)
    expect(outputs.reason).toMatch(/^errors: is 0\.\d+, and not < 0\.05/)
    expect(summary).toMatch(/\*\*0\.\d+\*\*/)
  })

  test('is inconclusive where there is no data: no series of the version, or a share of nothing', async () => {
    const nothing = await gate({ metrics: errors, 'expect-version': 'v9' })
    expect(nothing.outputs).toMatchObject({ verdict: 'inconclusive', 'failure-code': 'gate-inconclusive' })
    expect(nothing.outputs.reason).toContain('errors: has no data')
    const share = await gate({
      metrics: `share: ${rate(',code="404"')} / ${rate(',code="404"')} < 1`,
      'expect-version': 'v2',
    })
    expect(share.outputs).toMatchObject({ verdict: 'inconclusive' })
  })

  test('is inconclusive where there are too few samples, whatever the metric says', async () => {
    const { outputs, metrics } = await gate({ metrics: `${samples}\n${errors}`, 'expect-version': 'v4' })
    expect(outputs).toMatchObject({ verdict: 'inconclusive' })
    expect(outputs.reason).toMatch(/errors: has too few samples: \S+, and not >= 20/)
    expect(metrics[0].samples).toBeLessThan(20)
  })

  test.each([
    ['up)', 'parse error'],
    ['http_requests_total', 'is 6 series, and not one'],
    ['http_requests_total[1m]', 'is a matrix'],
  ])('a query that cannot work ends the gate at once: %s', async (query, why) => {
    const { outputs } = await gate({ metrics: `x: ${query} < 1`, deadline: '60s' })
    expect(outputs).toMatchObject({ verdict: 'inconclusive', attempts: '1' })
    expect(outputs.reason).toContain(why)
  })

  test('reads any JSON over HTTP, with a token that is in no output', async () => {
    report = { canary: { errors: 0.001, requests: 500 } }
    tokens = []
    const { port } = service.address() as AddressInfo
    const { exit, log, summary, outputs } = await gate({
      ...patient,
      'metrics-url': `http://127.0.0.1:${port}/canary/{version}?window={window}`,
      'metrics-token': 'very-secret-token',
      metrics: 'samples: $.canary.requests >= 100\nerrors: $.canary.errors < 0.01',
      'expect-version': 'v2',
    })
    expect(exit).toBe(0)
    expect(tokens[0]).toBe('Bearer very-secret-token')
    // The runner is asked to mask it, which prints it once.
    expect(`${log.replaceAll('::add-mask::very-secret-token', '')}${summary}${JSON.stringify(outputs)}`).not.toContain(
      'very-secret',
    )
  })

  test('passes only with its URLs as well', async () => {
    const { port } = service.address() as AddressInfo
    report = { sha: 'v1' }
    const { outputs } = await gate({
      urls: `http://127.0.0.1:${port}/health`,
      metrics: errors,
      'expect-version': 'v2',
    })
    expect(outputs).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('with version `v1`, not `v2`') })
  })

  test('a server that does not answer is inconclusive', async () => {
    const { outputs } = await gate({ 'metrics-url': 'http://127.0.0.1:9', metrics: 'x: y < 1' })
    expect(outputs).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('ECONNREFUSED') })
  })
})

function listen(server: http.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  await new Promise((resolve) => server.close(resolve))
  return port
}
