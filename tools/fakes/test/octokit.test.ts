import { getOctokit } from '@actions/github'
import { type ThrottlingOptions, throttling } from '@octokit/plugin-throttling'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeGitHub, type GitHubRoute, githubRoutes, startFakeGitHub } from '../src/github/index.ts'
import { makeRouter } from '../src/github/routes.ts'
import { isDescribed, isPaged, mismatches } from './support/github-description.ts'

/** GitHub's own client against the local GitHub; each answer is compared with GitHub's own description of it. */
const [base, main, side] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
const jobs = (['completed', 'waiting'] as const).map((status) => ({ name: status, status }))
const repository = {
  commits: [
    { sha: base, parents: [], message: 'Begin', files: { 'README.md': 'Hello', 'src/app/main.ts': 'run()' } },
    { sha: side, parents: [base], message: 'Fix' },
    { sha: main, parents: [base], message: 'Go on', author: 'Grace Hopper' },
  ],
  branches: { main, 'release/1.0': side, 'release/1.1': base },
  tags: { 'v1.0.0': { annotated: base }, 'v1.1.0': side },
  runs: [
    { id: 1, path: '.github/workflows/qa.yml', sha: main, jobs },
    { id: 2, path: '.github/workflows/qa.yml', sha: side, conclusion: null, headRepository: 666 },
  ],
  artifacts: [
    { name: 'app', run: 1, files: { 'app.txt': 'one' } },
    { name: 'app', run: 1, files: { 'app.txt': 'old' }, expired: true },
  ],
}
const tokens = {
  good: { contents: 'read', actions: 'read', deployments: 'write' },
  none: {},
} as const
const place = { owner: 'acme', repo: 'acme-sales' }
const deployable = { ref: main, auto_merge: false, required_contexts: [] }

let github: FakeGitHub
/** Where artifacts lie: another server, as at GitHub. */
let storage: FakeGitHub
let deployment: number

beforeAll(async () => {
  storage = await startFakeGitHub({ repository })
  github = await startFakeGitHub({ repository, tokens, storage: storage.url })
  const { rest } = open()
  const payload = { service: 'acme-sales' }
  await rest.repos.createDeployment({ ...place, ...deployable, payload, environment: 'qa' })
  const { data } = await rest.repos.createDeployment({ ...place, ...deployable, description: 'Second' })
  deployment = 'id' in data ? data.id : 0
  for (const state of ['in_progress', 'success'] as const)
    await rest.repos.createDeploymentStatus({
      ...place,
      deployment_id: deployment,
      state,
      log_url: 'https://ci.test/1',
    })
})
afterAll(() => Promise.all([github.stop(), storage.stop()]))

/** Octokit, with a test of each answer that it gets: as it was sent, and before octokit changes it. */
function open({ token = 'good', throttle }: { token?: string; throttle?: ThrottlingOptions } = {}) {
  const options = {
    baseUrl: github.url,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    ...(throttle && { throttle }),
  }
  const octokit = getOctokit(token, options, ...(throttle ? [throttling as never] : []))
  octokit.hook.wrap('request', async (send, asked) => {
    const route = routeOf(asked.method, asked.url)
    try {
      const answer = await send(asked)
      // The storage is not GitHub's API.
      if (answer.url.startsWith(github.url)) assertDescribed(route, answer.status, answer.data)
      return answer
    } catch (error) {
      const { response } = error as { response?: { status: number; data: unknown } }
      if (typeof response?.data === 'object') assertDescribed(route, response.status, response.data)
      throw error
    }
  })
  return octokit
}

const router = makeRouter('acme/acme-sales')

/** From the second page on octokit asks for a URL, no longer for a route. */
function routeOf(method: string, url: string): string {
  if (url.startsWith('/')) return `${method} ${url}`
  return router(method, decodeURIComponent(new URL(url).pathname))?.route ?? url
}

function assertDescribed(route: string, status: number, body: unknown): void {
  expect(mismatches(route, status, body), `${route} ${status}`).toEqual([])
  if (status >= 400)
    expect(body).toMatchObject({
      message: expect.stringMatching(/./),
      documentation_url: expect.stringMatching(/^https:/),
      status: String(status),
    })
}

/** What each route is asked, with the status of its answer. The first one succeeds. */
const calls: Record<GitHubRoute, readonly (readonly [number, Record<string, unknown>])[]> = {
  'GET /repos/{owner}/{repo}': [[200, {}]],
  'GET /repos/{owner}/{repo}/commits/{ref}': [
    [200, { ref: 'main' }],
    [200, { ref: 'tags/v1.0.0' }],
    [422, { ref: 'nothing' }],
  ],
  'GET /repos/{owner}/{repo}/compare/{basehead}': [
    [200, { basehead: `${base}...main` }],
    [200, { basehead: `${side}...${side}`, per_page: 1 }],
    [404, { basehead: `${base}...nothing` }],
  ],
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': [
    [200, { tree_sha: base }],
    [200, { tree_sha: base, recursive: '1' }],
    [404, { tree_sha: 'd'.repeat(40) }],
  ],
  'GET /repos/{owner}/{repo}/git/ref/{ref}': [
    [200, { ref: 'tags/v1.0.0' }],
    [200, { ref: 'heads/main' }],
    [404, { ref: 'tags/nothing' }],
  ],
  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': [
    // Asked for below, as only the fake knows the sha.
    [200, { tag_sha: 'v1.0.0' }],
    [404, { tag_sha: base }],
  ],
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': [
    [200, { ref: 'heads/release/' }],
    [200, { ref: 'heads/nothing' }],
  ],
  'GET /repos/{owner}/{repo}/actions/runs': [
    [200, {}],
    [200, { head_sha: main, event: 'push', branch: 'main' }],
  ],
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': [
    [200, { run_id: 1, name: 'app' }],
    [200, { run_id: 2 }],
  ],
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': [
    [200, { run_id: 1, attempt_number: 1 }],
    [404, { run_id: 1, attempt_number: 2 }],
  ],
  'GET /repos/{owner}/{repo}/actions/artifacts': [
    [200, {}],
    [200, { name: 'nothing' }],
  ],
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': [
    [302, { artifact_id: 900, archive_format: 'zip', request: { redirect: 'manual' } }],
    [410, { artifact_id: 901, archive_format: 'zip' }],
    [404, { artifact_id: 1, archive_format: 'zip' }],
  ],
  'GET /repos/{owner}/{repo}/deployments': [
    [200, {}],
    [200, { environment: 'qa', task: 'deploy', sha: main, ref: main }],
  ],
  'POST /repos/{owner}/{repo}/deployments': [
    [201, { ...deployable, payload: '{"as":"text"}' }],
    [202, { ...deployable, ref: base, auto_merge: true }],
    [409, { ref: main }],
    [422, { ...deployable, ref: 'nothing' }],
    [422, { ...deployable, description: 'é'.repeat(141) }],
  ],
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': [
    [200, {}],
    [404, { deployment_id: 1 }],
  ],
  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': [
    [201, { state: 'failure', description: 'No' }],
    [422, { state: 'sleeping' }],
    [422, { state: 'success', description: 'é'.repeat(141) }],
    [404, { state: 'success', deployment_id: 1 }],
  ],
}

async function ask(route: GitHubRoute, more: Record<string, unknown>, octokit = open()) {
  const asked: Record<string, unknown> = { ...place, deployment_id: deployment, ...more }
  if (asked.tag_sha === 'v1.0.0')
    asked.tag_sha = (await octokit.rest.git.getRef({ ...place, ref: 'tags/v1.0.0' })).data.object.sha
  return octokit.request(route, asked as never)
}

const statusOf = (asked: Promise<{ status: number }>) =>
  asked.then(
    ({ status }) => status,
    ({ status, message }) => status ?? message,
  )

describe.each(githubRoutes)('%s', (route) => {
  const [[success, first] = [0, {}]] = calls[route]

  test('is a route of GitHub, and answers as GitHub describes', async () => {
    expect(isDescribed(route)).toBe(true)
    expect(success).toBeLessThan(400)
    for (const [status, asked] of calls[route])
      expect([asked, await statusOf(ask(route, asked))]).toEqual([asked, status])
  })

  test('refuses a token, what it may not do, and another repository', async () => {
    expect(await statusOf(ask(route, first, open({ token: 'wrong' })))).toBe(401)
    expect(await statusOf(ask(route, first, open({ token: 'none' })))).toBe(403)
    expect(await statusOf(ask(route, { ...first, repo: 'other' }))).toBe(404)
  })

  test('counts requests, and has limits', async () => {
    const { headers } = await ask(route, first)
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-resource': 'core' })
    expect(Number(headers['x-ratelimit-remaining']) + Number(headers['x-ratelimit-used'])).toBe(1000)
    for (const status of [403, 429] as const) {
      github.script(/./, [{ does: 'slow-down', status, retryAfter: 7 }])
      await expect(ask(route, first)).rejects.toMatchObject({
        status,
        response: { headers: { 'retry-after': '7' } },
      })
    }
    github.script(/./, [{ does: 'limit', resetIn: 60 }])
    await expect(ask(route, first)).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '1000' } },
    })
  })

  test('may fail as a server', async () => {
    github.script(/./, [{ does: 'fail', status: 502, accepted: false }])
    expect(await statusOf(ask(route, first))).toBe(502)
    github.script(/./, [{ does: 'reset', accepted: false }])
    expect(await statusOf(ask(route, first))).toBe(500)
  })
})

test.each(githubRoutes.filter(isPaged))('%s is listed in pages', async (route) => {
  const { paginate } = open()
  const [[, first] = [0, {}]] = calls[route]
  // Any route whose answers have pages: the type needs one of them.
  const list = route as 'GET /repos/{owner}/{repo}/deployments'
  const asked = { ...place, deployment_id: deployment, ...first }
  const whole = await paginate(list, asked)
  const before = github.calls().length
  expect(whole.length).toBeGreaterThan(1)
  expect(await paginate(list, { ...asked, per_page: 1 })).toEqual(whole)
  expect(github.calls().length - before).toBe(whole.length)
})

test('a page links to the others', async () => {
  const { rest } = open()
  const page = (number: number) => rest.git.listMatchingRefs({ ...place, ref: 'heads', per_page: 1, page: number })
  const rels = async (number: number) =>
    [...((await page(number)).headers.link ?? '').matchAll(/[?&]page=(\d+)>; rel="(\w+)"/g)].map(
      ([, to, rel]) => `${rel} ${to}`,
    )
  expect(await rels(1)).toEqual(['next 2', 'last 3'])
  expect(await rels(2)).toEqual(['prev 1', 'next 3', 'last 3', 'first 1'])
  expect(await rels(3)).toEqual(['prev 2', 'first 1'])
})

test('the commits of a comparison come in pages, without links', async () => {
  const { paginate, rest } = open()
  const asked = { ...place, basehead: `${base}...main`, per_page: 1 }
  // Octokit's types take the page for a list of commits, and its code leaves it as it is.
  const commitsIn = ({ data }: { data: unknown }) => (data as { commits: { sha: string }[] }).commits
  const commits = await paginate(rest.repos.compareCommitsWithBasehead, asked, commitsIn)
  expect(commits.map(({ sha }) => sha)).toEqual([main])
})

test('an artifact is downloaded by way of the storage', async () => {
  const asked = { ...place, artifact_id: 900, archive_format: 'zip' }
  const { data } = await open().rest.actions.downloadArtifact(asked)
  expect(
    Buffer.from(data as ArrayBuffer)
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  expect(storage.calls()).toMatchObject([{ path: '/storage/900.zip', token: '', answered: 200 }])
})

test('a repository that was renamed is found', async () => {
  github.script(/./, [{ does: 'redirect', status: 301, location: `${github.url}/repos/acme/acme-sales` }])
  expect((await open().rest.repos.get(place)).data.full_name).toBe('acme/acme-sales')
})

/** Octokit's plugin for limits, which octokit itself has: it waits as the answers say, and asks again. */
describe('octokit waits for the end of', () => {
  const waits: string[] = []
  const note = (limit: string) => (seconds: number) => waits.push(`${limit} ${seconds}`) > 0
  const throttle = { onSecondaryRateLimit: note('secondary'), onRateLimit: note('hourly'), retryAfterBaseValue: 10 }
  beforeEach(() => void waits.splice(0))

  test.each([
    ['the secondary limit', { does: 'slow-down', status: 403, retryAfter: 2 }, 'secondary 2'],
    ['the secondary limit as 429', { does: 'slow-down', status: 429, retryAfter: 2 }, 'secondary 2'],
    ['the secondary limit that names no end', { does: 'slow-down', status: 403 }, 'secondary 60'],
    ['the hourly limit', { does: 'limit', resetIn: 2 }, expect.stringMatching(/^hourly [34]$/)],
  ] as const)('%s', async (_, behaviour, waited) => {
    github.script(/^GET/, [behaviour])
    expect((await open({ throttle }).rest.repos.get(place)).status).toBe(200)
    expect(waits).toEqual([waited])
  })
})
