// biome-ignore-all lint/style/noExcessiveLinesPerFile: one client against one repository, with one history
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type FakeGitHub,
  type GitHubArtifact,
  type GitHubBehaviour,
  type GitHubRun,
  startFakeGitHub,
} from '@belay/fakes/github'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  branchesContaining,
  commitOf,
  commitsBetween,
  createDeployment,
  describe as cut,
  type DeploymentPayload,
  downloadArtifact,
  findDeploymentOfRun,
  findLive,
  findQaResult,
  type GitHub,
  listDeployments,
  openGitHub,
  relationOf,
  setStatus,
  wasLive,
} from '../src/index.ts'
import { history, shaOf } from './history.ts'

const qa = '.github/workflows/qa.yml'
const runs: GitHubRun[] = [
  { id: 1, path: qa, sha: shaOf('m5') },
  { id: 2, path: qa, sha: shaOf('r1'), branch: 'release/1.4' },
  { id: 3, path: qa, sha: shaOf('m4'), conclusion: 'failure' },
  { id: 4, path: qa, sha: shaOf('m3'), conclusion: null },
  // None of these counts: a fork's, a pull request's, another branch's, another workflow's.
  { id: 5, path: qa, sha: shaOf('x1'), headRepository: 666 },
  { id: 6, path: qa, sha: shaOf('x1'), event: 'pull_request' },
  { id: 7, path: qa, sha: shaOf('x1'), branch: 'feature' },
  { id: 8, path: '.github/workflows/evil.yml', sha: shaOf('x1') },
  { id: 9, path: qa, sha: shaOf('m2') },
  { id: 10, path: qa, sha: shaOf('m1') },
]
const artifacts: GitHubArtifact[] = [
  ...[1, 2, 5, 6, 7, 8].map((run) => ({ name: 'app', run, files: { 'app.txt': `of ${run}`, 'bin/app': 'x' } })),
  { name: 'app', run: 9, files: { 'app.txt': 'old' }, expired: true },
  { name: 'logs', run: 10, files: { 'log.txt': 'no' } },
]

let server: FakeGitHub
let github: GitHub
let folder: string
const access = (token = 'ghs_fake') => ({ token, repository: 'acme/acme-sales', apiUrl: new URL(`${server.url}/`) })
const open = (token?: string) => openGitHub(access(token), new AbortController().signal)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'belay-github-'))
  server = await startFakeGitHub({
    repository: { ...history, runs, artifacts },
    tokens: {
      ghs_fake: { contents: 'read', actions: 'read', deployments: 'write' },
      poor: { contents: 'read' },
    },
  })
  github = open()
})
afterEach(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

describe('commits', () => {
  test.each([
    ['v1.5.0', 'm5'],
    ['v1.4.0', 'm3'],
    [shaOf('m2'), 'm2'],
  ])('%s stands for %s', async (version, name) => {
    expect(await commitOf(github, version)).toBe(shaOf(name))
  })
  test.each(['main', 'release/1.4', 'v0.0.0', '../x'])('%s is no version', async (version) => {
    await expect(commitOf(github, version)).rejects.toMatchObject({ code: 'no-such-version' })
  })
  test.each([
    ['m3', 'm5', 'ahead'],
    ['m5', 'm3', 'behind'],
    ['r1', 'm5', 'diverged'],
    ['m5', 'm5', 'identical'],
    ['alone', 'm5', 'diverged'],
  ])('from %s to %s is %s', async (base, head, relation) => {
    expect(await relationOf(github, shaOf(base), shaOf(head))).toBe(relation)
  })
  test.each([
    ['m3', { default: true, release: undefined }],
    ['r1', { default: false, release: 'release/1.4' }],
    ['x1', { default: false, release: undefined }],
  ])('%s is on %j', async (name, holding) => {
    expect(await branchesContaining(github, shaOf(name), 'main')).toEqual(holding)
  })
  test('are found on the newest of more release branches than one page holds', async () => {
    const branches: Record<string, string> = { main: shaOf('m5') }
    for (let minor = 1; minor <= 120; minor++) branches[`release/1.${minor}`] = shaOf(minor === 120 ? 'r1' : 'm1')
    // No release branch, though its name begins like one.
    branches.release = shaOf('x1')
    const many = await startFakeGitHub({ repository: { ...history, branches } })
    const asked = openGitHub({ ...access(), apiUrl: new URL(`${many.url}/`) }, new AbortController().signal)
    const holding = await branchesContaining(asked, shaOf('r1'), 'main')
    await many.stop()
    expect(holding).toEqual({ default: false, release: 'release/1.120' })
  })
  test('between two are listed by title', async () => {
    const { commits, total } = await commitsBetween(github, shaOf('m3'), shaOf('r1'))
    expect(total).toBe(1)
    expect(commits).toEqual([{ sha: shaOf('r1'), title: 'Fix the tax', author: 'Ada' }])
  })
})

describe('what QA verified', () => {
  const proofOf = (name: string) =>
    findQaResult(github, { workflow: qa, sha: shaOf(name), artifact: 'app', repositoryId: 4711, defaultBranch: 'main' })

  test.each([
    ['m5', { found: 'artifact', run: { id: 1 }, artifact: { name: 'app' } }],
    ['r1', { found: 'artifact', run: { id: 2, branch: 'release/1.4' } }],
    ['m4', { found: 'nothing', why: expect.stringContaining('ended as failure') }],
    ['m3', { found: 'nothing', why: expect.stringContaining('is in_progress') }],
    ['x1', { found: 'nothing', why: expect.stringContaining('never ran') }],
    ['m2', { found: 'run', expired: true }],
    ['m1', { found: 'run', expired: false }],
  ])('of %s: %j', async (name, proof) => {
    expect(await proofOf(name)).toMatchObject(proof)
  })

  test('is downloaded without showing the storage the token, and unpacked', async () => {
    const proof = await proofOf('m5')
    if (proof.found !== 'artifact') throw new Error(proof.found)
    server.script(/^GET \/storage/, [{ does: 'fail', status: 503, accepted: false }])
    await downloadArtifact(github, proof.artifact, join(folder, 'app'), new AbortController().signal)
    expect(readFileSync(join(folder, 'app/app.txt'), 'utf8')).toBe('of 1')
    expect(existsSync(join(folder, 'app/bin/app'))).toBe(true)
    expect(readdirSync(folder)).toEqual(['app'])
    expect(
      server
        .calls()
        .filter(({ path }) => path.startsWith('/storage'))
        .map(({ token }) => token),
    ).toEqual(['', ''])
  })

  test('and was changed since is not unpacked', async () => {
    const proof = await proofOf('m5')
    if (proof.found !== 'artifact') throw new Error(proof.found)
    const changed = { ...proof.artifact, digest: `sha256:${'0'.repeat(64)}` }
    await expect(
      downloadArtifact(github, changed, join(folder, 'app'), new AbortController().signal),
    ).rejects.toMatchObject({ code: 'artifact-changed' })
    expect(readdirSync(join(folder, 'app'))).toEqual([])
  })
})

describe('deployments', () => {
  const payload = (version: string, name: string, run = '77/1'): DeploymentPayload => ({
    service: 'app',
    release: `2026-${version}`,
    version,
    sha: shaOf(name),
    run,
    previous: undefined,
    slack: undefined,
    look: undefined,
  })
  const place = { environment: 'production', logUrl: 'https://github.com/x' }
  const create = (one: DeploymentPayload) => createDeployment(github, 'production', one, place.logUrl)

  test('the one that succeeded last is live, in whatever order they began', async () => {
    const [first, second, failed] = [
      await create(payload('v1.5.0', 'm5')),
      await create(payload('v1.4.0', 'm3')),
      await create(payload('v1.4.1', 'r1')),
    ]
    await setStatus(github, second.id, 'success', 'x', place)
    await setStatus(github, first.id, 'success', 'x', place)
    await setStatus(github, failed.id, 'failure', 'x', place)
    const listed = await listDeployments(github, 'production', 'app')
    const { live, all } = await findLive(github, listed)
    expect(live?.payload).toMatchObject({ version: 'v1.5.0', sha: shaOf('m5') })
    expect(all.map(({ id }) => id)).toEqual([first.id, second.id])
    await setStatus(github, second.id, 'inactive', 'x', place)
    expect(await wasLive(github, second.id)).toBe(true)
    expect(await wasLive(github, failed.id)).toBe(false)
  })

  test('are asked from the newest on until one is live, past many that failed', async () => {
    const live = await create(payload('v1.0.0', 'm1'))
    await setStatus(github, live.id, 'success', 'x', place)
    for (let failed = 0; failed < 7; failed++) await create(payload(`v1.${failed}.1`, 'm2'))
    const listed = await listDeployments(github, 'production', 'app')
    const before = server.calls().length
    expect((await findLive(github, listed)).live?.id).toBe(live.id)
    expect(server.calls().length - before).toBe(8)
    await create({ ...payload('v2.0.0', 'm5'), service: 'other' })
    await setStatus(github, (await create(payload('v2.0.0', 'm5'))).id, 'success', 'x', place)
    const asked = server.calls().length
    await findLive(github, await listDeployments(github, 'production', 'app'))
    expect(server.calls().length - asked).toBe(1 + 5)
  })

  test('of others, or of another service, are ignored', async () => {
    const body = { ref: shaOf('m5'), auto_merge: false, required_contexts: [] }
    await github.ask(({ rest }, repository) => rest.repos.createDeployment({ ...repository, ...body }))
    await create({ ...payload('v1.5.0', 'm5'), service: 'other' })
    expect(await listDeployments(github, 'production', 'app')).toEqual([])
  })

  test('of a run are found until they have ended', async () => {
    const mine = await create(payload('v1.5.0', 'm5', '78/2'))
    const find = async (run: string) =>
      findDeploymentOfRun(github, await listDeployments(github, 'production', 'app'), run)
    expect((await find('78'))?.id).toBe(mine.id)
    expect(await find('7')).toBeUndefined()
    await setStatus(github, mine.id, 'failure', 'x', place)
    expect(await find('78')).toBeUndefined()
  })

  test('are made once where the answer breaks off', async () => {
    server.script(/^POST .*\/deployments$/, [{ does: 'cut', accepted: true }])
    expect((await create(payload('v1.5.0', 'm5'))).payload.version).toBe('v1.5.0')
    expect(server.deployments()).toHaveLength(1)
  })

  test.each([true, false])('are made once where the answer is lost (made all the same: %s)', async (accepted) => {
    server.script(/^POST .*\/deployments$/, [{ does: 'reset', accepted }])
    const made = create(payload('v1.5.0', 'm5'))
    if (accepted) expect((await made).payload.version).toBe('v1.5.0')
    else await expect(made).rejects.toMatchObject({ code: 'github-unreachable' })
    expect(server.deployments()).toHaveLength(accepted ? 1 : 0)
  })

  test('of the live release again are not the live one where the answer is lost', async () => {
    const live = await create(payload('v1.5.0', 'm5', '70/1'))
    await setStatus(github, live.id, 'success', 'x', place)
    server.script(/^POST .*\/deployments$/, [{ does: 'reset', accepted: false }])
    await expect(create(payload('v1.5.0', 'm5', '71/1'))).rejects.toMatchObject({ code: 'github-unreachable' })
    server.script(/^POST .*\/deployments$/, [{ does: 'reset', accepted: true }])
    const again = await create(payload('v1.5.0', 'm5', '71/2'))
    expect(again.id).not.toBe(live.id)
    const statuses = server.deployments().find(({ id }) => id === live.id)?.statuses ?? []
    expect(statuses.map(({ state }) => state)).toEqual(['success', 'in_progress'])
  })

  test('have descriptions that GitHub takes', async () => {
    const { id } = await create(payload('v1.5.0', 'm5'))
    await setStatus(github, id, 'error', 'é\n'.repeat(200), place)
    expect(server.deployments()[0]?.statuses[0]?.description).toHaveLength(140)
    expect(cut('short')).toBe('short')
  })
})

describe('a GitHub that', () => {
  test('stumbles is asked again', async () => {
    server.script(/\/commits/, [
      { does: 'fail', status: 502, accepted: false },
      { does: 'reset', accepted: false },
      { does: 'slow-down', status: 403, retryAfter: 1 },
    ])
    expect(await commitOf(github, 'v1.5.0')).toBe(shaOf('m5'))
  })
  test('has a limit that ends much later is not waited for', async () => {
    server.script(/\/commits/, [{ does: 'limit', resetIn: 3000 }])
    await expect(commitOf(github, 'v1.5.0')).rejects.toMatchObject({ code: 'github-rate-limited' })
    expect(server.calls()).toHaveLength(1)
  })
  test.each([403, 429] as const)('limits for a while that it does not name (HTTP %i) is waited for', async (status) => {
    server.script(/\/commits/, [{ does: 'slow-down', status }])
    const hurried = openGitHub(access(), AbortSignal.timeout(300))
    const began = performance.now()
    await expect(commitOf(hurried, 'v1.5.0')).rejects.toMatchObject({ code: 'github-rate-limited' })
    expect(performance.now() - began).toBeGreaterThan(250)
  })
  test('refuses a field is quoted in words, without its manual', async () => {
    const body = { ref: 'nothing', auto_merge: false, required_contexts: [] }
    const asked = github.ask(({ rest }, repository) => rest.repos.createDeployment({ ...repository, ...body }))
    await expect(asked).rejects.toThrow(/: Validation Failed \(ref: No ref found for: nothing\)\.$/)
  })
  test('hangs is left when the time is over', async () => {
    server.script(/\/commits/, [{ does: 'hang', accepted: false }])
    const hurried = openGitHub(access(), AbortSignal.timeout(300))
    await expect(commitOf(hurried, 'v1.5.0')).rejects.toMatchObject({ code: 'github-unreachable' })
  })
  test('breaks an answer off is asked again', async () => {
    server.script(/\/commits/, [{ does: 'cut', accepted: true }])
    expect(await commitOf(github, 'v1.5.0')).toBe(shaOf('m5'))
  })
  test('answers without end is left', async () => {
    server.script(/\/commits/, [{ does: 'say', status: 200, body: { sha: 'f'.repeat(21_000_000) } }])
    await expect(commitOf(github, 'v1.5.0')).rejects.toMatchObject({ code: 'github-unexpected-answer' })
  })
  test.each<[string, GitHubBehaviour]>([
    ['a page', { does: 'fail', status: 200, accepted: false }],
    ['a page, as if something was made', { does: 'fail', status: 201, accepted: false }],
    ['nothing', { does: 'say', status: 204, body: undefined }],
    ['a text', { does: 'say', status: 200, body: 'yes' }],
    ['null', { does: 'say', status: 200, body: null }],
    ['no sha', { does: 'say', status: 200, body: {} }],
    ['half a sha', { does: 'say', status: 200, body: { sha: 'abc1234' } }],
    ['a sha with more', { does: 'say', status: 200, body: { sha: `${shaOf('m5')}\n::set-output name=sha::x` } }],
    ['301', { does: 'redirect', status: 301, location: 'https://example.test/repositories/4711' }],
    ['302', { does: 'redirect', status: 302, location: 'https://example.test/login' }],
    ['307', { does: 'redirect', status: 307, location: 'https://example.test/login' }],
  ])('answers %s is refused', async (_what, behaviour) => {
    server.script(/\/commits/, [behaviour])
    await expect(commitOf(github, 'v1.5.0')).rejects.toMatchObject({ code: 'github-unexpected-answer' })
  })
  test.each<[string, GitHubBehaviour]>([
    ['a page', { does: 'fail', status: 200, accepted: false }],
    ['no list', { does: 'say', status: 200, body: { message: 'Welcome' } }],
  ])('lists %s is refused', async (_what, behaviour) => {
    for (const path of [/\/deployments$/, /\/actions\/runs$/]) server.script(path, [behaviour])
    const unexpected = { code: 'github-unexpected-answer' }
    await expect(listDeployments(github, 'production', 'app')).rejects.toMatchObject(unexpected)
    const wanted = { workflow: qa, sha: shaOf('m5'), artifact: 'app', repositoryId: 4711, defaultBranch: 'main' }
    await expect(findQaResult(github, wanted)).rejects.toMatchObject(unexpected)
  })
  test('redirects to another server does not lead the token there', async () => {
    const other = await startFakeGitHub({ repository: history })
    server.script(/\/commits/, [
      { does: 'redirect', status: 302, location: `${other.url}/repos/acme/acme-sales/commits/x` },
    ])
    await expect(commitOf(github, 'v1.5.0')).rejects.toMatchObject({ code: 'github-unexpected-answer' })
    expect(other.calls()).toEqual([])
    await other.stop()
  })
  test('does not accept the token, or grants it too little, is reported', async () => {
    await expect(commitOf(open('wrong'), 'v1.5.0')).rejects.toMatchObject({ code: 'github-token-refused' })
    await expect(listDeployments(open('poor'), 'production', 'app')).rejects.toMatchObject({
      code: 'github-permission',
    })
  })
})
