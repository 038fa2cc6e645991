import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Stage } from '@belay/action-harness'
import { startFakeGitHub } from '@belay/fakes/github'
import { startFakeRender } from '@belay/fakes/render'
import { makeKey } from '@belay/test-hosts'
import { describe, expect, type TestContext, test } from 'vitest'
import { type Job, openReleaseJob } from '../../actions/release/test/support/job.ts'
import { history, shaOf } from '../../packages/github/test/history.ts'

/**
 * A named version stands for a commit that is not the run's: a release of a tag, started by hand from main. What an
 * action changes, and what it says of that, is of the tag's commit. Each bundle runs as the runner starts it.
 */
const version = 'v1.4.0'
const tagged = shaOf('m3')
const headOfMain = shaOf('m5')
const token = 'ghs_fake'
const place = { service: 'acme-sales', environment: 'production', version }

/** GitHub's variables of a run that was started on main, by hand or by a push. */
const fromMain = { GITHUB_SHA: headOfMain, GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }

/** A job of a run of the repository. */
async function openJobOn(run: Record<string, string>, { onTestFinished }: TestContext) {
  const github = await startFakeGitHub({ repository: history, tokens: { [token]: { contents: 'read' } } })
  onTestFinished(() => github.stop())
  const job = openReleaseJob({ GITHUB_API_URL: github.url, ...run })
  onTestFinished(() => job.close())
  return { job }
}

/** A job that was started on main, in which `release` has begun to release the tag. */
async function begin(context: TestContext): Promise<{ job: Job; id: string }> {
  const { job } = await openJobOn(fromMain, context)
  const { outputs } = await job.main('release/begin', { ...place, 'github-token': token })
  expect(outputs.sha).toBe(tagged)
  return { job, id: outputs['release-id'] ?? '' }
}

/** Neither log nor files of a step may have the commit of the run. */
function saysOnlyTheTag(job: Job, { log, outputs, summary }: Stage): void {
  expect(JSON.stringify([log, outputs, summary, job.record()])).not.toContain(headOfMain.slice(0, 12))
}

/** What Render serves after deploy-render ran in this job. */
async function deployToRender(job: Job, inputs: Record<string, string>, { onTestFinished }: TestContext) {
  const render = await startFakeRender()
  onTestFinished(() => render.stop())
  await render.add({ name: 'api', type: 'web_service' })
  const step = await job.main('deploy-render', {
    ...place,
    'api-key': render.simulation.key,
    'api-url': render.url,
    services: 'api',
    checks: '/health',
    'job-status': 'success',
    ...inputs,
  })
  return { step, served: render.served('api') }
}

/** The requests to the registry, which has no image. */
async function promote(job: Job, inputs: Record<string, string>, { onTestFinished }: TestContext) {
  const asked: string[] = []
  const registry = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(request.url === '/v2/' ? 200 : 404).end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void registry.close())
  await new Promise((resolve) => registry.once('listening', resolve))
  const image = `127.0.0.1:${(registry.address() as AddressInfo).port}/acme/sales`
  const step = await job.main('build-image', {
    ...place,
    command: 'promote',
    image,
    'job-status': 'success',
    ...inputs,
  })
  return { step, asked }
}

test('deploy-render has Render build the commit of the version', async (context) => {
  const { job, id } = await begin(context)
  const { step, served } = await deployToRender(job, {}, context)
  expect(served, step.log).toEqual([tagged])
  expect(step.outputs).toMatchObject({ 'release-id': id, sha: tagged, result: 'pending' })
  saysOnlyTheTag(job, step)
})

test('build-image promotes the image of the commit of the version', async (context) => {
  const { job } = await begin(context)
  const { step, asked } = await promote(job, {}, context)
  expect(asked).toContain(`/v2/acme/sales/manifests/sha-${tagged}`)
  expect(step.outputs['failure-code']).toBe('not-built')
  saysOnlyTheTag(job, step)
})

/** Nothing listens there: a step reports its release before it connects. */
async function nowhere(folder: string): Promise<Record<string, string>> {
  const { privateKey, publicKey } = await makeKey(folder)
  return { hosts: 'deploy@127.0.0.1:1', 'known-hosts': `[127.0.0.1]:1 ${publicKey}`, 'ssh-key': privateKey }
}

/** The actions that arm hosts or change a schema, with what they need to fail only where they would connect. */
const connecting: [string, Record<string, string>, 'release-id' | undefined][] = [
  ['deploy-ssh', { source: import.meta.dirname, restart: 'none' }, 'release-id'],
  ['blue-green-switch', { slots: '5006 5016' }, 'release-id'],
  ['migrate-db', { 'database-url': 'postgres://acme:secret@127.0.0.1:1/acme', tool: 'sql', backup: 'none' }, undefined],
]

async function connect(job: Job, [action, inputs, output]: (typeof connecting)[number]): Promise<Stage> {
  const hosts = output ? await nowhere(job.temp) : {}
  return job.main(action, { ...place, ...hosts, deadline: '10s', 'job-status': 'success', ...inputs })
}

function releasesBegun(job: Job) {
  return job.record().filter(({ event }) => event === 'release-began')
}

test.for(connecting)('%s takes part in the release of the version', async (action, context) => {
  const { job, id } = await begin(context)
  const step = await connect(job, action)
  // It failed at the connection, not at its inputs.
  expect(step.outputs['failure-code'], step.log).not.toBe('inputs')
  const [, , output] = action
  if (output) expect(step.outputs[output]).toBe(id)
  expect(releasesBegun(job)).toMatchObject([{ release: { id, version, sha: tagged } }])
  saysOnlyTheTag(job, step)
})

describe('an action alone, in a run from main that releases the tag', () => {
  const alone = { 'github-token': token }

  test('deploy-render has Render build the commit of the tag', async (context) => {
    const { job } = await openJobOn(fromMain, context)
    const { step, served } = await deployToRender(job, alone, context)
    expect(served, step.log).toEqual([tagged])
    saysOnlyTheTag(job, step)
  })

  test('build-image promotes the image of the commit of the tag', async (context) => {
    const { job } = await openJobOn(fromMain, context)
    const { step, asked } = await promote(job, alone, context)
    expect(asked, step.log).toContain(`/v2/acme/sales/manifests/sha-${tagged}`)
    saysOnlyTheTag(job, step)
  })

  test.for(connecting)('%s begins a release of the commit of the tag', async ([action, inputs, output], context) => {
    const { job } = await openJobOn(fromMain, context)
    const step = await connect(job, [action, { ...inputs, ...alone }, output])
    expect(step.outputs['failure-code'], step.log).not.toBe('inputs')
    expect(releasesBegun(job)).toMatchObject([{ release: { version, sha: tagged } }])
    saysOnlyTheTag(job, step)
  })

  test('a name that is no tag has no commit: refused, and nothing is deployed', async (context) => {
    const { job } = await openJobOn(fromMain, context)
    const { step, served } = await deployToRender(job, { ...alone, version: 'v1.40' }, context)
    expect(step.outputs, step.log).toMatchObject({ 'failure-code': 'no-such-version', result: 'unchanged' })
    expect(step.log).toContain('acme/acme-sales has no tag "v1.40"')
    expect(served).toEqual([])
  })

  test('a full sha means that commit, without a token', async (context) => {
    const { job } = await openJobOn(fromMain, context)
    const { step, served } = await deployToRender(job, { version: tagged, 'allow-older': 'true' }, context)
    expect(served, step.log).toEqual([tagged])
  })

  test('a run that was started from the tag has its commit: GitHub gets no request', async (context) => {
    const fromTag = { GITHUB_SHA: tagged, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: version }
    const { job } = await openJobOn({ ...fromTag, GITHUB_API_URL: 'http://127.0.0.1:1' }, context)
    const { step, asked } = await promote(job, alone, context)
    expect(asked, step.log).toContain(`/v2/acme/sales/manifests/sha-${tagged}`)
  })
})
