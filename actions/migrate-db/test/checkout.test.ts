import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { assertCheckout, originOf } from '../src/checkout.ts'

const repository = 'acme/shop'
let workspace = ''

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'belay-checkout-'))
  vi.stubEnv('GITHUB_WORKSPACE', workspace)
  vi.stubEnv('GITHUB_REPOSITORY', repository)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(workspace, { recursive: true, force: true })
})

function git(...args: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.test']
  return execFileSync('git', [...who, '-C', workspace, ...args], { encoding: 'utf8' }).trim()
}

function write(path: string): void {
  mkdirSync(join(workspace, path, '..'), { recursive: true })
  writeFileSync(join(workspace, path), 'select 1;\n')
}

/** Commits a file, and returns the commit. */
function commit(path: string): string {
  write(path)
  git('add', path)
  git('commit', '--quiet', '--message', path)
  return git('rev-parse', 'HEAD')
}

describe('the commit of a folder of migrations', () => {
  const origin = (folder: string) => originOf(join(workspace, folder), repository)
  beforeEach(() => {
    git('init', '--quiet')
  })

  test('is that of the checkout around it, however deep it lies', async () => {
    const head = commit('services/api/db/migrations/001_a.sql')
    expect(await origin('services/api/db/migrations')).toEqual({ commit: head })
    expect(await origin('.')).toEqual({ commit: head })
  })

  test('is that of a shallow checkout of one commit', async () => {
    commit('migrations/001_a.sql')
    const head = commit('migrations/002_b.sql')
    const shallow = join(workspace, 'shallow')
    git('clone', '--quiet', '--depth', '1', `file://${workspace}`, shallow)
    git('-C', shallow, 'checkout', '--quiet', '--detach')
    expect(await originOf(join(shallow, 'migrations'), repository)).toEqual({ commit: head })
  })

  test.each([
    ['https://github.com/acme/shop'],
    ['https://github.com/Acme/Shop.git'],
    ['git@github.com:acme/shop.git'],
    ['ssh://git@github.example:2222/acme/shop'],
    ['/srv/git/elsewhere'],
  ])('counts where the remote is %s', async (remote) => {
    const head = commit('migrations/001_a.sql')
    git('remote', 'add', 'origin', remote)
    expect(await origin('migrations')).toEqual({ commit: head })
  })

  test('is none in another repository, which has commits of its own', async () => {
    commit('migrations/001_a.sql')
    git('remote', 'add', 'origin', 'https://github.com/acme/schema.git')
    expect(await origin('migrations')).toEqual({ none: 'is of another repository, acme/schema' })
  })

  test('is none of an artifact that was unpacked into a checkout', async () => {
    commit('deploy/smoke.sh')
    write('artifact/migrations/001_a.sql')
    expect(await origin('artifact/migrations')).toEqual({ none: 'is not part of the git checkout' })
  })

  test('is none before the first commit', async () => {
    write('migrations/001_a.sql')
    expect(await origin('migrations')).toEqual({ none: 'is in no git checkout' })
  })

  test('is none without git', async () => {
    vi.stubEnv('PATH', workspace)
    expect(await origin('.')).toMatchObject({ none: expect.stringContaining('could not be read by git') })
  })
})

describe('migrations of another commit than the release’s', () => {
  const sha = 'b'.repeat(40)
  let head = ''
  let said: string[] = []
  const compare = (version: string, of = sha, certain = true) =>
    assertCheckout(
      { info: (text: string) => said.push(text) },
      { version, sha: of },
      join(workspace, 'migrations'),
      certain,
    )
  beforeEach(() => {
    said = []
    git('init', '--quiet')
    head = commit('migrations/001_a.sql')
  })

  test('are refused by both commits, with the ref to check out', async () => {
    await expect(compare('v1.2.0')).rejects.toMatchObject({
      code: 'wrong-checkout',
      message: expect.stringMatching(new RegExp(`migrations are of the commit ${head}.*v1\\.2\\.0 is of ${sha}`)),
    })
    await expect(compare('v1.2.0')).rejects.toThrow('ref: refs/tags/v1.2.0')
    await expect(compare(sha)).rejects.toThrow(`ref: ${sha}`)
  })

  test('are those of the release where the commits are the same', async () => {
    await compare('v1.2.0', head)
    expect(said).toEqual([])
  })

  test('pass with a note where no release was begun', async () => {
    await compare(sha, sha, false)
    expect(said.at(-1)).toContain(`migrations is at ${head}, and the run is for ${sha}`)
  })

  test('pass with a note where only the hosts know the commit', async () => {
    await compare('previous')
    expect(said.at(-1)).toContain('only the hosts know the commit of previous')
  })

  test('are let pass with a note where they are in no checkout', async () => {
    rmSync(join(workspace, '.git'), { recursive: true })
    await compare('v1.2.0')
    expect(said.at(-1)).toContain('migrations is in no git checkout')
  })
})
