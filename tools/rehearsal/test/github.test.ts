import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { proveOn, repository, startExampleGitHub, tokenFor } from '../src/github.ts'
import { v1 } from '../src/version.ts'

test.each([
  ['read-all', 'read_read_read'],
  ['write-all', 'write_write_write'],
  [undefined, 'read_none_none'],
  [{ deployments: 'write', packages: 'write' }, 'none_none_write'],
])('the token for the permissions %j', (permissions, rights) => {
  expect(tokenFor(permissions)).toBe(`ghs_rehearsal_${rights}`)
})

test('a run that succeeds later is known with what it uploaded, and deployments stay', async () => {
  const artifacts = mkdtempSync(join(tmpdir(), 'ba-'))
  mkdirSync(join(artifacts, '17/acme-api'), { recursive: true })
  writeFileSync(join(artifacts, '17/acme-api/acme-api.tar'), 'a tar')
  const github = await startExampleGitHub(new Map(), artifacts)
  onTestFinished(async () => {
    await github.stop()
    rmSync(artifacts, { recursive: true })
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${tokenFor('write-all')}` }
    return (await fetch(`${github.url}/repos/${repository}${path}`, { ...init, headers })).json()
  }
  const body = JSON.stringify({ ref: v1.sha, auto_merge: false, required_contexts: [] })
  await ask('/deployments', { method: 'POST', body })
  expect(await ask('/actions/runs')).toMatchObject({ total_count: 0 })
  proveOn(github, v1, 17, artifacts)
  expect(await ask('/actions/runs')).toMatchObject({
    workflow_runs: [{ id: 17, path: '.github/workflows/qa.yml', head_sha: v1.sha, conclusion: 'success' }],
  })
  expect(await ask('/actions/runs/17/artifacts')).toMatchObject({ artifacts: [{ name: 'acme-api' }] })
  expect(github.deployments()).toHaveLength(1)
})
