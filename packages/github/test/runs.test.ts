import { type FakeGitHub, type GitHubJob, startFakeGitHub } from '@belay/fakes/github'
import { afterEach, expect, test } from 'vitest'
import { hasJobEnded } from '../src/index.ts'
import { history, shaOf } from './history.ts'

let server: FakeGitHub | undefined
afterEach(() => server?.stop())

const run = 'https://github.com/acme/acme-sales/actions/runs/7/attempts/1'
const said: string[] = []

/** Asks after a job of run 7 from the runner `runner-2`, in this run or in another one. */
async function ask(jobs: readonly GitHubJob[], { job = `${run}#release-1`, token = 'ghs_fake', from = '8' } = {}) {
  server = await startFakeGitHub({
    repository: { ...history, runs: [{ id: 7, path: '.github/workflows/qa.yml', sha: shaOf('m5'), jobs }] },
    tokens: { ghs_fake: { contents: 'read', actions: 'read' }, poor: { contents: 'read' } },
  })
  const inputs = { token, repository: 'acme/acme-sales', apiUrl: new URL(`${server.url}/`) }
  const signal = new AbortController().signal
  const asking = { run: from, attempt: 1, runner: 'runner-2' }
  said.length = 0
  return hasJobEnded(job, inputs, { signal, info: (text) => said.push(text) }, asking)
}

const job = (status: GitHubJob['status'], runner?: string): GitHubJob => ({
  name: 'Release',
  status,
  ...(runner && { runner }),
})

test.each<[string, GitHubJob[], boolean]>([
  ['all jobs have ended', [job('completed', 'runner-1')], true],
  ['it is at work', [job('in_progress', 'runner-1')], false],
  ['it may have got its runner by now', [job('queued')], false],
  ['another job waits for an approval', [job('completed', 'runner-1'), job('waiting')], true],
  ['another job waits for its concurrency group', [job('completed', 'runner-1'), job('pending')], true],
  ['one of more jobs than a page holds is at work', [...Array(100).fill(job('completed')), job('in_progress')], false],
])('a job of another run: %s', async (_, jobs, ended) => {
  expect(await ask(jobs)).toBe(ended)
  expect(said).toEqual([])
})

test.each<[string, GitHubJob[], boolean]>([
  ['only the job that asks is at work', [job('completed', 'runner-1'), job('in_progress', 'runner-2')], true],
  ['a third one is at work, too', [job('in_progress', 'runner-1'), job('in_progress', 'runner-2')], false],
])('a job of the same run: %s', async (_, jobs, ended) => {
  expect(await ask(jobs, { from: '7' })).toBe(ended)
})

test('the runner of another run may have the same name', async () => {
  expect(await ask([job('in_progress', 'runner-2')])).toBe(false)
})

test('what cannot be asked after counts as running', async () => {
  const jobs = [job('completed')]
  expect(await ask(jobs, { token: '' })).toBe(false)
  expect(await ask(jobs, { job: run.replace('acme-sales', 'other') })).toBe(false)
  expect(await ask(jobs, { job: run.replace('attempts/1', 'attempts/2') })).toBe(false)
  expect(said).toEqual([expect.stringContaining('GitHub does not say whether that job has ended')])
  expect(await ask(jobs, { token: 'poor' })).toBe(false)
})
