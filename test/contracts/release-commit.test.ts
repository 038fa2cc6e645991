import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readRecord } from '@belay/release'
import { startRender } from '@belay/render'
import { startGitHub } from '@belay/stand-ins'
import { makeKey } from '@belay/testbed'
import { expect, type TestContext, test } from 'vitest'
import { type Job, openJob, type Stage } from '../../actions/release/test/support/job.ts'
import { history, shaOf } from '../../packages/github/test/history.ts'

/**
 * A named version stands for a commit that is not the run's: a release of a tag, started by hand from main. What an
 * action changes, and what it says of that, is of the tag's commit. Each bundle runs as the runner starts it.
 */
const version = 'v1.4.0'
const tagged = shaOf('m3')
const headOfMain = shaOf('m5')
const token = 'ghs_stand-in'
const place = { service: 'acme-sales', environment: 'production', version }

/** A job that was started on main, in which `release` has begun to release the tag. */
async function begin({ onTestFinished }: TestContext): Promise<{ job: Job; id: string }> {
  const github = await startGitHub({ repository: history, tokens: { [token]: { contents: 'read' } } })
  onTestFinished(() => github.stop())
  const job = openJob({ GITHUB_API_URL: github.url, GITHUB_SHA: headOfMain, GITHUB_REF_NAME: 'main' })
  onTestFinished(() => job.close())
  const { outputs } = await job.main('release/begin', { ...place, 'github-token': token })
  expect(outputs.sha).toBe(tagged)
  return { job, id: outputs['release-id'] ?? '' }
}

/** Nothing that a step says or writes down is of the commit that the run happens to be for. */
function saysOnlyTheTag(job: Job, { log, outputs, summary }: Stage): void {
  const record = readRecord(join(job.temp, 'belay/record.jsonl'))
  expect(JSON.stringify([log, outputs, summary, record])).not.toContain(headOfMain.slice(0, 12))
}

test('deploy-render has Render build the commit of the version', async (context) => {
  const { job, id } = await begin(context)
  const render = await startRender()
  context.onTestFinished(() => render.stop())
  await render.add({ name: 'api', type: 'web_service' })
  const step = await job.main('deploy-render', {
    ...place,
    'api-key': render.render.key,
    'api-url': render.url,
    services: 'api',
    checks: '/health',
    'job-status': 'success',
  })
  expect(render.served('api'), step.log).toEqual([tagged])
  expect(step.outputs).toMatchObject({ 'release-id': id, sha: tagged, result: 'pending' })
  saysOnlyTheTag(job, step)
})

test('build-image promotes the image of the commit of the version', async (context) => {
  const { job } = await begin(context)
  const asked: string[] = []
  const registry = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(request.url === '/v2/' ? 200 : 404).end('{}')
  }).listen(0, '127.0.0.1')
  context.onTestFinished(() => void registry.close())
  await new Promise((resolve) => registry.once('listening', resolve))
  const image = `127.0.0.1:${(registry.address() as AddressInfo).port}/acme/sales`
  const step = await job.main('build-image', { ...place, command: 'promote', image, 'job-status': 'success' })
  expect(asked).toContain(`/v2/acme/sales/manifests/sha-${tagged}`)
  expect(step.outputs['failure-code']).toBe('not-built')
  saysOnlyTheTag(job, step)
})

/** Nothing listens there: what a step says of its release, it says before it connects. */
async function nowhere(folder: string): Promise<Record<string, string>> {
  const { privateKey, publicKey } = await makeKey(folder)
  return { hosts: 'deploy@127.0.0.1:1', 'known-hosts': `[127.0.0.1]:1 ${publicKey}`, 'ssh-key': privateKey }
}

test.for<[string, Record<string, string>, 'release-id' | undefined]>([
  ['deploy-ssh', { source: import.meta.dirname, restart: 'none' }, 'release-id'],
  ['blue-green-switch', { slots: '5006 5016' }, 'release-id'],
  ['migrate-db', { 'database-url': 'postgres://acme:secret@127.0.0.1:1/acme', tool: 'sql', backup: 'none' }, undefined],
])('%s takes part in the release of the version', async ([action, inputs, output], context) => {
  const { job, id } = await begin(context)
  const hosts = output ? await nowhere(job.temp) : {}
  const step = await job.main(action, { ...place, ...hosts, ...inputs, deadline: '10s', 'job-status': 'success' })
  // It failed where it would connect, and not at its inputs.
  expect(step.outputs['failure-code'], step.log).not.toBe('inputs')
  if (output) expect(step.outputs[output]).toBe(id)
  const releases = readRecord(join(job.temp, 'belay/record.jsonl')).filter(({ event }) => event === 'release-began')
  expect(releases).toMatchObject([{ release: { id, version, sha: tagged } }])
  saysOnlyTheTag(job, step)
})
