import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { describe, expect, test } from 'vitest'
import { commandsFor, reasonsFor } from '../scripts/machine/install.ts'
import { missingOf, whyMissing } from '../scripts/machine/missing.ts'
import { type Program, programs, programsFor, programsOfTests } from '../scripts/machine/programs.ts'
import { describeIf } from './support/need.ts'
import { listOf } from './support/not-run.ts'

describe('the list of programs that the machine needs', () => {
  test('names jq, which a workflow uses, and everything that a host or an engine starts', () => {
    expect(programsOfTests()).toEqual(expect.arrayContaining<Program>(['jq', 'sshd', 'dockerd', 'nginx', 'postgres']))
    expect(programsOfTests()).not.toContain('go')
    // Only the layer that looks at a page needs the one, and only that of clusters the other.
    expect(programsOfTests()).not.toContain('chromium')
    expect(programsOfTests()).not.toContain('nft')
  })

  test('names each missing Debian package once, with its purpose', () => {
    expect(reasonsFor(['unshare', 'nsenter', 'sshd'])).toEqual([
      '  util-linux openssh-server\n    for test hosts: sshd in namespaces of their own, and what a release needs on a server',
    ])
    expect(commandsFor(['unshare', 'nsenter', 'sshd']).at(-1)?.slice(-2)).toEqual(['util-linux', 'openssh-server'])
  })

  test('finds a program of this machine, and names the package of a missing one', () => {
    expect(missingOf(['tar'])).toEqual([])
    expect(whyMissing('tar')).toBeUndefined()
    const everything = Object.keys(programs) as Program[]
    const path = process.env.PATH
    process.env.PATH = '/nowhere'
    try {
      expect(missingOf(everything)).toContain('jq')
      expect(whyMissing('jq', 'unzip')).toBe('missing: apt-get install --no-install-recommends jq unzip')
    } finally {
      process.env.PATH = path
    }
  })
})

test('skipped suites are listed by reason, with the command that installs what they need', () => {
  const suites = [
    { tests: 3, file: 'a.test.ts', name: 'a fleet', reason: 'test hosts need root' },
    { tests: 4, file: 'b.test.ts', name: 'a host', reason: 'test hosts need root' },
    { tests: 1, file: 'c.test.ts', name: 'jq', reason: 'missing: jq' },
  ]
  const lines = listOf(suites, 'test').join('\n')
  expect(lines).toContain('8 tests were not run on this machine:')
  expect(lines).toContain('  test hosts need root\n    3 of a.test.ts: a fleet\n    4 of b.test.ts: a host\n')
  expect(lines).toMatch(/docker run --rm --privileged .* sh -c "npm ci && npm test"/)
  expect(listOf(suites, 'chaos').join('\n')).toContain('npm ci && npm run chaos')
  expect(listOf([])).toEqual([])
})

describeIf(canStartHosts())('npm run rehearse on a machine without Docker and without a terminal', () => {
  /** Hides /usr/sbin with its daemons, Docker's among them. */
  const rehearse = (...args: string[]) =>
    spawnSync(
      'unshare',
      ['--mount', '/bin/sh', '-c', 'mount -t tmpfs tmpfs /usr/sbin && exec "$@"', 'sh', process.execPath].concat(
        join(import.meta.dirname, '../tools/rehearsal/src/cli.ts'),
        args,
      ),
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 100_000 },
    )

  test.each([
    ['--example compose', ['--example', 'compose']],
    ['--hosts systemd', ['--environment', 'qa', '--hosts', 'systemd']],
  ])('%s installs nothing and prints the command that would', (_, args) => {
    const { status, stdout, stderr } = rehearse(...args)
    expect(stdout).not.toMatch(/install/i)
    expect(stderr).toContain('A Docker engine, or a part of it, is missing on this machine. Missing packages:')
    expect(stderr).toContain(`docker.io`)
    expect(stderr).toContain(`for ${'Docker engines, an image registry, and hosts with systemd'}`)
    expect(stderr).toContain(
      `Nothing was installed.\nHow to fix: install them, as root on this machine:\n  npm run rehearse -- ${args.join(' ')} --install\n`,
    )
    expect(status).toBe(2)
  })

  test('--example kubernetes says what a cluster needs, and builds nothing', () => {
    const { status, stdout, stderr } = rehearse('--example', 'kubernetes')
    expect(stdout).not.toMatch(/install|build/i)
    expect(stderr).toMatch(/^A Kubernetes cluster needs more than this machine has:\n/)
    expect(stderr).toContain('nftables')
    expect(stderr).toContain('  npm run rehearse -- --example kubernetes --install\n')
    expect(status).toBe(2)
  })
})

test('npm run rehearse -- --help says what it installs and what needs a consent', () => {
  const cli = join(import.meta.dirname, '../tools/rehearsal/src/cli.ts')
  const { stdout } = spawnSync(process.execPath, [cli, '--help'], { encoding: 'utf8' })
  expect(stdout).toMatch(/As root it says which small programs are missing \(.*\) and installs them\./)
  expect(stdout).toMatch(/--install +installs what is missing without a question, a Docker engine too/)
  expect(programsFor('containers').length).toBeGreaterThan(4)
})
