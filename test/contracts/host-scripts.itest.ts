import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { whyMissing } from '../../scripts/machine/missing.ts'
import type { Program } from '../../scripts/machine/programs.ts'
import { describeIf } from '../support/need.ts'
import { root } from './manifests.ts'

const scripts = globSync('{actions,packages,tools,test,examples}/**/*.sh', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)),
}).sort()

function complaint(program: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: 50_000 })
  if (error) return error.message
  return status === 0 ? '' : `status ${status}: ${stdout}${stderr}`
}

const missing = (program: Program, ask: string) => (spawnSync(program, [ask]).error ? whyMissing(program) : undefined)

test('the repository has scripts', () => {
  expect(scripts).toContain('packages/host/src/host/serve.sh')
  expect(scripts).toContain('actions/deploy-ssh/src/host/release.sh')
})

describeIf(missing('shellcheck', '--version'))('shellcheck reports nothing', () => {
  test.each(scripts)('%s', (path) => {
    expect(complaint('shellcheck', ['-s', 'sh', path])).toBe('')
  })

  test.each(['.ci/run', 'scripts/bare.sh'])('%s', (path) => {
    expect(complaint('shellcheck', ['-s', 'bash', path])).toBe('')
  })
})

describeIf(missing('dash', '-c'))('dash parses it', () => {
  test.each(scripts)('%s', (path) => {
    expect(complaint('dash', ['-n', path])).toBe('')
  })
})

describeIf(missing('busybox', 'true'))('busybox parses it', () => {
  test.each(scripts)('%s', (path) => {
    expect(complaint('busybox', ['sh', '-n', path])).toBe('')
  })
})

describe('a full disk ends no script', () => {
  // Both stand in a subshell of their own, which may end.
  const inSubshell = ['(umask 077 && : >>', 'if do_change; then : >"$work/passed"; fi']
  test.each(scripts.filter((path) => /^(packages\/host|actions\/[a-z-]+)\/src\//.test(path)))(
    '%s: `:` is a special built-in, so its redirection stands in a subshell',
    (path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n')
      const bare = lines.filter((line) => /(^|[^(]): >/.test(line) && !inSubshell.some((text) => line.includes(text)))
      expect(bare).toEqual([])
    },
  )
})

describe('sent to a host by standard input', () => {
  test.each(scripts.filter((path) => /^(packages\/host|actions\/[a-z-]+)\/src\//.test(path)))(
    '%s only defines functions and never exits: these lines are outside of a function',
    (path) => {
      const text = readFileSync(join(root, path), 'utf8')
      // Cut off before its last line it must have done nothing; `main` is called by what comes after it.
      const outside = text
        .replaceAll(/^[a-z0-9_]+\(\) \{(?! *#).*\}( #.*)?$/gm, '')
        .replaceAll(/^[a-z0-9_]+\(\) \{[\s\S]*?^\}/gm, '')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      expect(outside.filter((line) => !/^(set -u|[A-Z_]+=\w+|export [A-Z_]+)$/.test(line))).toEqual([])
    },
  )
})

test('the scripts of two actions do not call each other', () => {
  const shipped = scripts.filter((path) => /^(packages\/host|actions\/[a-z-]+)\/src\//.test(path))
  const calls = shipped.flatMap((path) =>
    [
      ...readFileSync(join(root, path), 'utf8').matchAll(
        /^[^#\n]*\bsh "[^"]*\b(deploy-ssh|blue-green-switch|migrate-db)\.sh"/gm,
      ),
    ].map(([call]) => `${path}: ${call}`),
  )
  expect(shipped.length).toBeGreaterThan(30)
  expect(calls).toEqual([])
})
