import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal } from '@belay/action-kit'
import { type FakeGitHub, type GitHubRepository, startFakeGitHub } from '@belay/fakes/github'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { history, shaOf } from '../../../packages/github/test/history.ts'
import { makeAuthority } from '../../../packages/probe/test/authority.ts'
import { type Job, openReleaseJob } from './support/job.ts'
import { type CompanyNetwork, startCompanyNetwork } from './support/proxy.ts'

const qa = '.github/workflows/qa.yml'
const repository: GitHubRepository = {
  ...history,
  runs: [{ id: 1, path: qa, sha: shaOf('m5') }],
  artifacts: [{ name: 'acme-sales', run: 1, files: { 'acme-sales.tar': 'five' } }],
}
const version = 'v1.5.0'
const place = { service: 'acme-sales', environment: 'production', 'github-token': 'ghs_fake' }

describe('on a runner that reaches GitHub only through a proxy with a password and a certificate of its own', () => {
  const { ca, certificates } = makeAuthority('api.github.test', 'storage.github.test')
  const folder = mkdtempSync(join(tmpdir(), 'belay-authority-'))
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, ca)
  afterAll(() => rmSync(folder, { recursive: true }))
  let github: FakeGitHub
  let network: CompanyNetwork
  let job: Job

  beforeEach(async () => {
    github = await startFakeGitHub({ repository, storage: 'https://storage.github.test' })
    network = await startCompanyNetwork(certificates, new URL(github.url))
    job = open(network.proxyUrl())
  })
  afterEach(async () => {
    job.close()
    await network.stop()
    await github.stop()
  })

  function open(proxy: string, more: Record<string, string> = {}): Job {
    return openReleaseJob({
      GITHUB_API_URL: 'https://api.github.test',
      GITHUB_SHA: shaOf('m5'),
      HTTPS_PROXY: proxy,
      NODE_EXTRA_CA_CERTS: authority,
      ...more,
    })
  }

  test('a release asks, downloads, and makes one deployment', async () => {
    const begun = await job.main('release/begin', { ...place, version })
    expect([begun.exit, begun.outputs.sha], begun.log).toEqual([0, shaOf('m5')])
    const planned = await job.main('release/plan', { ...place, version, 'proven-by': qa })
    expect([planned.exit, planned.outputs.way], planned.log).toEqual([0, 'deploy'])
    const unpacked = await job.main('release/artifact', {
      ...place,
      artifact: 'acme-sales',
      path: join(job.temp, 'app'),
      'artifact-id': planned.outputs['artifact-id'] ?? '',
      'artifact-digest': planned.outputs['artifact-digest'] ?? '',
    })
    expect(unpacked.exit, unpacked.log).toBe(0)
    // The answer to what makes the deployment is lost on the way.
    github.script(/^POST .*\/deployments$/, [{ does: 'reset', accepted: true }])
    const deployed = await job.main('release/deployment', { ...place, version })
    expect(deployed.exit, deployed.log).toBe(0)
    const journal = openJournal(join(job.temp, 'belay'))
    journal.append({
      step: 'deploy-1',
      event: 'step-began',
      action: 'deploy-ssh',
      mutates: true,
      service: 'acme-sales',
    })
    journal.append({ step: 'deploy-1', event: 'step-ended', seconds: 1, ok: true, result: 'committed' })
    const post = await job.post('release/deployment', { ...place, version, 'job-status': 'success' })
    expect(post.exit, post.log).toBe(0)

    expect(github.deployments()).toHaveLength(1)
    expect(github.deployments()[0]?.statuses[0]?.state).toBe('success')
    expect(new Set(network.connects().map(({ target, status }) => `${target} ${status}`))).toEqual(
      new Set(['api.github.test:443 200', 'storage.github.test:443 200']),
    )
    const storage = github.calls().filter(({ path }) => path.startsWith('/storage'))
    expect(storage.map(({ token }) => token)).toEqual([''])
  })

  test.each([
    ['a wrong password', { password: 'other', trusts: true }],
    ['a certificate that is not trusted', { password: undefined, trusts: false }],
  ])('with %s it ends and says so, without the password', async (_what, { password, trusts }) => {
    const other = open(network.proxyUrl(password), trusts ? {} : { NODE_EXTRA_CA_CERTS: '' })
    const { exit, outputs, log } = await other.main('release/begin', { ...place, version })
    const journal = readFileSync(join(other.temp, 'belay/journal.jsonl'), 'utf8')
    other.close()
    expect([exit, outputs['failure-code']], log).toEqual([1, 'github-unreachable'])
    expect(log).toContain('HTTPS_PROXY')
    for (const text of [log, journal]) expect(text).not.toMatch(/p@ss|p%40ss|runner@acme:|other@|:other/)
    expect(github.calls()).toEqual([])
  })

  test('NO_PROXY keeps a server from being asked through it', async () => {
    const direct = open(network.proxyUrl(), { GITHUB_API_URL: github.url, NO_PROXY: '127.0.0.1' })
    const { exit, outputs, log } = await direct.main('release/begin', { ...place, version })
    direct.close()
    expect([exit, outputs.sha], log).toEqual([0, shaOf('m5')])
    expect(network.connects()).toEqual([])
  })
})
