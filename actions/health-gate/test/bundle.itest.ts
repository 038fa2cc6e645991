import { writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Inputs, openJob, type StageOptions } from '@belay/action-harness'
import { describe, expect, type TestContext, test } from 'vitest'
import { type Certificate, makeAuthority } from '../../../packages/probe/test/authority.ts'

type Answer = { status?: number; body?: string; headers?: object }

/** A service of one test: answers what `answer` returns for the number of the request; undefined: no answer. */
async function service(
  { onTestFinished }: TestContext,
  answer: (asked: number) => Answer | undefined,
  tls?: Certificate,
) {
  let asked = 0
  const listener: http.RequestListener = (_, response) => {
    const said = answer(++asked)
    if (said) response.writeHead(said.status ?? 200, { ...said.headers }).end(said.body ?? '')
  }
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http${tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    asked: () => asked,
  }
}

/** Runs the main stage in a job of its own. `ca`: what Node is to trust beside its own authorities. */
async function runMain(inputs: Inputs, { ca, during }: { ca?: string; during?: StageOptions['during'] } = {}) {
  const job = openJob()
  const trusted = join(job.folder, 'ca.pem')
  if (ca) writeFileSync(trusted, ca)
  try {
    const stage = await job
      .step('health-gate')
      .main(inputs, { env: ca ? { NODE_EXTRA_CA_CERTS: trusted } : {}, during, timeoutMs: 20_000 })
    return { ...stage, record: job.record() }
  } finally {
    job.close()
  }
}

/** Ends soon where it does not pass. */
const quick = { successes: '2', interval: '1s', timeout: '1s', deadline: '3s' }
/** Passes as soon, and may take its time on a busy machine. */
const patient = { ...quick, timeout: '10s', deadline: '15s' }
const old = { body: '{"sha":"v1"}' }
const fresh = { body: '{"sha":"v2"}' }

describe.concurrent('the bundle', () => {
  /** A gate whose service answers with the new version from the second probe on. */
  async function passing(context: TestContext) {
    const { url } = await service(context, (asked) => (asked <= 1 ? old : fresh))
    return { url, ...(await runMain({ ...patient, urls: url, 'expect-version': 'v2' })) }
  }

  test('passes when the new version answers, twice in a row', async (context) => {
    const { url, exit, outputs } = await passing(context)
    expect(exit).toBe(0)
    expect(outputs).toMatchObject({ verdict: 'pass', attempts: '3', 'observed-version': 'v2' })
    expect(outputs).toMatchObject({ result: 'unchanged', 'failure-code': '' })
    expect(outputs.reason).toBe(`${url} passed 2 times in a row with version \`v2\``)
  })

  test('gives what each instance answered', async (context) => {
    const { url, outputs } = await passing(context)
    const [instance] = JSON.parse(outputs.instances ?? '')
    expect(instance).toMatchObject({ url, address: '127.0.0.1', attempts: 3, version: 'v2' })
    expect(instance.last.map(({ kind }: { kind: string }) => kind)).toEqual(['wrong-version', 'pass', 'pass'])
    expect(instance.last[1].startedMs).toBeGreaterThanOrEqual(950)
  })

  test('shows its verdict in record, log and summary', async (context) => {
    const { url, record, log, summary } = await passing(context)
    const gate = { event: 'gate', verdict: 'pass', attempts: 3, version: 'v2', step: 'health-gate-1' }
    expect(record).toContainEqual(expect.objectContaining(gate))
    expect(log).toContain(`wrong-version  ${url}: answered 200 with version \`v1\`, not \`v2\``)
    expect(summary).toMatch(/\*\*health-gate: pass\*\*[^|]*\| instance/)
  })

  test('fails on the old version to the end, of one of two URLs', async (context) => {
    const good = await service(context, () => fresh)
    const stale = await service(context, () => old)
    const urls = `${good.url}\n${stale.url}`
    const { exit, outputs, record, log, summary } = await runMain({ ...quick, urls, 'expect-version': 'v2' })
    expect(exit).toBe(1)
    expect(outputs).toMatchObject({ verdict: 'fail', 'failure-code': 'gate-failed', 'observed-version': 'v2, v1' })
    // How often it asks in its time depends on the machine, and each URL is asked for itself.
    const [, times] =
      /^http.*: answered 200 with version `v1`, not `v2` \(all (\d+) probes\)$/.exec(outputs.reason ?? '') ?? []
    expect(Number(times)).toBeGreaterThan(1)
    expect(outputs.reason).toContain(stale.url)
    const instances = JSON.parse(outputs.instances ?? '[]') as { url: string; attempts: number }[]
    const [toGood = 0, toStale = 0] = [good, stale].map(({ url }) => instances.find((one) => one.url === url)?.attempts)
    expect(toStale).toBe(Number(times))
    // The last request may come too late to count.
    for (const [counted, { asked }] of [[toGood, good] as const, [toStale, stale] as const])
      expect([counted, counted + 1]).toContain(asked())
    expect(record).toContainEqual(
      expect.objectContaining({ event: 'gate', verdict: 'fail', attempts: toGood + toStale }),
    )
    expect(record).toContainEqual(expect.objectContaining({ event: 'step-ended', ok: false, code: 'gate-failed' }))
    expect(log).toMatch(/::error::The gate failed\. .*How to fix: check that the instance was restarted/)
    expect(summary).toContain('| wrong-version')
  })

  test('is inconclusive where nothing answers', async () => {
    const { exit, outputs, record } = await runMain({ ...quick, deadline: '2s', urls: 'http://127.0.0.1:9/' })
    expect(exit).toBe(1)
    expect(outputs).toMatchObject({ verdict: 'inconclusive', 'failure-code': 'gate-inconclusive' })
    expect(outputs.reason).toBe('http://127.0.0.1:9/: refused the connection (all 2 probes)')
    expect(record).toContainEqual(expect.objectContaining({ event: 'gate', verdict: 'inconclusive' }))
  })

  test('is inconclusive where the version is not reported, and where the answer hangs', async (context) => {
    const silent = await service(context, () => ({ body: '{"status":"down"}' }))
    const hanging = await service(context, () => undefined)
    const urls = `${silent.url}\n${hanging.url}`
    const { outputs } = await runMain({ ...quick, urls, 'expect-version': 'v2' })
    expect(outputs).toMatchObject({ verdict: 'inconclusive', 'observed-version': '' })
    expect(outputs.reason).toContain('has no version at `sha` of its body')
    expect(outputs.reason).toContain('gave no answer within the timeout')
  })

  test('takes the version from a header and other statuses', async (context) => {
    const { url } = await service(context, () => ({ status: 418, headers: { 'X-Version': 'v2' } }))
    const more = { 'expect-version': 'v2', 'version-from': 'header:X-Version', 'expect-status': '418' }
    expect((await runMain({ ...patient, urls: url, ...more })).exit).toBe(0)
  })

  test('trusts an authority of the user by NODE_EXTRA_CA_CERTS, and ends at once without', async (context) => {
    const { ca, certificates } = makeAuthority('127.0.0.1')
    const { url } = await service(context, () => fresh, certificates['127.0.0.1'])
    const [known, unknown] = await Promise.all([runMain({ ...patient, urls: url }, { ca }), runMain({ urls: url })])
    expect(known.outputs.verdict).toBe('pass')
    expect(unknown.outputs).toMatchObject({ verdict: 'fail', attempts: '1' })
    expect(unknown.outputs.reason).toContain('showed a certificate')
    expect(unknown.log).toContain('set NODE_EXTRA_CA_CERTS')
  })

  test('prints nothing of an answer but its status and its version, escaped', async (context) => {
    const version = 'x\\n::set-env name=EVIL::1\\r##[add-mask]y `z`'
    const body = `{"sha":"${version}","password":"hunter2"}`
    const headers = { location: 'https://evil/\u00e9', 'set-cookie': 'session=hunter3' }
    const { url } = await service(context, () => ({ body, headers }))
    const { log, outputs, summary, record } = await runMain({ ...quick, urls: url, 'expect-version': 'v2' })
    const all = [log, summary, JSON.stringify(record), ...Object.values(outputs)].join('\n')
    expect(outputs['observed-version']).toBe("x\\x0a:\\:set-env name=EVIL:\\:1\\x0d#\\#[add-mask]y 'z'")
    expect(all).not.toMatch(/^::set-env|##\[|hunter/m)
  })

  test('one error has all issues of its inputs, before any probe', async (context) => {
    const { url, asked } = await service(context, () => fresh)
    const { exit, log, outputs } = await runMain({ urls: `${url}\nexample.com`, successes: '0', timeout: 'x' })
    expect(exit).toBe(1)
    expect(outputs).toMatchObject({ 'failure-code': 'inputs', result: 'unchanged' })
    expect(log).toMatch(
      /3 inputs are invalid; nothing was changed.*urls: "example.com".*successes: is 0.*timeout: is "x"/,
    )
    expect(asked()).toBe(0)
  })

  test.for(['SIGINT', 'SIGTERM'] as const)('stops at once when the job is cancelled (%s)', async (signal, context) => {
    const { url, asked } = await service(context, () => undefined)
    const began = performance.now()
    const inputs = { urls: url, timeout: '60s', deadline: '5m' }
    const { exit, outputs, record } = await runMain(inputs, {
      async during(child) {
        await expect.poll(asked).toBe(1)
        child.kill(signal)
      },
    })
    expect(exit).toBe(1)
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(outputs).toMatchObject({ 'failure-code': 'interrupted', result: 'unchanged' })
    expect(outputs.verdict).toBeUndefined()
    expect(record.some(({ event }) => event === 'gate')).toBe(false)
  })
})
