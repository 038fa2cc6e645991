import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import {
  type Changeset,
  formatChangeset,
  isShipped,
  type Level,
  nextVersion,
  parseChangeset,
  withEntry,
  withoutChangeset,
} from '../../scripts/changesets.ts'
import { whyMissing } from '../../scripts/machine/missing.ts'
import { pinTo } from '../../scripts/pins.ts'
import { releaseProblems } from '../../scripts/releasable.ts'
import { describeIf } from '../support/need.ts'
import { composites, root, workflows } from './manifests.ts'

const modified = (path: string) => ({ status: 'M', path })

describe('a changeset is asked for', () => {
  test.each([
    'actions/deploy-ssh/src/plan.ts',
    'packages/host/src/host/services/compose.sh',
    'actions/release/action.yml',
    'actions/release/plan/src/steps.ts',
    'packages/action-kit/src/run.ts',
    '.github/workflows/qa-deploy.yml',
  ])('when %s changes', (path) => {
    expect(withoutChangeset([modified(path), modified('README.md')])).toEqual([path])
  })

  test.each([
    'actions/deploy-ssh/dist/index.js',
    'actions/deploy-ssh/README.md',
    'actions/deploy-ssh/test/plan.test.ts',
    'tools/rehearsal/src/cli.ts',
    'package-lock.json',
    '.github/workflows/ci.yml',
    'docs/index.md',
  ])('not when only %s changes', (path) => {
    expect(isShipped(path)).toBe(false)
  })

  test('only where the branch adds none: an older one, changed or taken out, is of another change', () => {
    const change = modified('actions/deploy-ssh/src/plan.ts')
    expect(withoutChangeset([change, { status: 'A', path: '.changeset/calm-hosts.md' }])).toEqual([])
    for (const status of ['M', 'D'])
      expect(withoutChangeset([change, { status, path: '.changeset/calm-hosts.md' }])).toEqual([change.path])
    expect(withoutChangeset([change, { status: 'A', path: '.changeset/README.md' }])).toEqual([change.path])
  })

  test('since a branch that is not there: the message says what to do', () => {
    const script = join(root, 'scripts/changeset-check.ts')
    const { status, stderr } = spawnSync(process.execPath, [script, 'origin/none-such'], { encoding: 'utf8' })
    expect(stderr).toBe(
      'There is no origin/none-such in this repository. How to fix: git fetch origin, or name the branch that yours began at: npm run changeset:check -- main\n',
    )
    expect(status).toBe(1)
  })
})

describe('changesets', () => {
  test('that are pending can be read', () => {
    for (const path of globSync('.changeset/*.md', { cwd: root, exclude: ['.changeset/README.md'] }))
      expect(() => parseChangeset(readFileSync(join(root, path), 'utf8')), path).not.toThrow()
  })

  test('are read as they are written', () => {
    const change: Changeset = { level: 'patch', text: '`deploy-ssh`: one line\n\n- and a list' }
    expect(parseChangeset(formatChangeset(change))).toEqual(change)
    expect(parseChangeset(formatChangeset())).toBeUndefined()
  })

  test.each([
    ['without a head', 'text\n'],
    ['for another package', "---\n'other': minor\n---\n\ntext\n"],
    ['with another level', "---\n'belay': huge\n---\n\ntext\n"],
    ['without a word', "---\n'belay': minor\n---\n\n \n"],
  ])('%s are refused', (_, content) => {
    expect(() => parseChangeset(content)).toThrow(/is not a changeset|has no text for users/)
  })

  const changes: Changeset[] = [
    { level: 'patch', text: 'c' },
    { level: 'minor', text: 'b' },
    { level: 'minor', text: 'b2\n\n- x\n- y' },
  ]
  test.each<[string, Level[], string]>([
    ['1.2.3', ['patch'], '1.2.4'],
    ['1.2.3', ['patch', 'minor'], '1.3.0'],
    ['1.2.3', ['minor', 'major', 'patch'], '2.0.0'],
    ['0.0.0', ['minor'], '0.1.0'],
    ['0.9.1', ['major'], '1.0.0'],
  ])('lead from %s by %j to %s', (version, levels, next) => {
    expect(
      nextVersion(
        version,
        levels.map((level) => ({ level, text: 'x' })),
      ),
    ).toBe(next)
  })

  test('become an entry on top of the others, what callers must change first', () => {
    const before = '# Changelog\n\n## 1.0.0\n\n### New\n\n- old\n'
    expect(withEntry(before, '2.0.0', [...changes, { level: 'major', text: 'a' }])).toBe(
      '# Changelog\n\n## 2.0.0\n\n### Callers must change\n\n- a\n\n### New\n\n- b\n- b2\n\n  - x\n  - y\n\n### Fixed\n\n- c\n\n## 1.0.0\n\n### New\n\n- old\n',
    )
    expect(withEntry('# Changelog\n', '0.1.0', changes.slice(0, 1))).toBe(
      '# Changelog\n\n## 0.1.0\n\n### Fixed\n\n- c\n',
    )
  })
})

describe('a commit can be released', () => {
  const candidate = {
    version: '1.2.3',
    ref: 'refs/heads/main',
    changelog: '# Changelog\n\n## 1.2.3\n',
    pending: [],
    tags: ['v1.2.2', 'v1'],
  }

  test('with a new version, its entry, and no changeset left', () => {
    expect(releaseProblems(candidate)).toEqual([])
  })

  test.each([
    ['of another branch', { ref: 'refs/heads/topic' }, /start it for main/],
    ['with a changeset left', { pending: ['.changeset/calm-hosts.md'] }, /calm-hosts\.md/],
    ['without its entry', { changelog: '# Changelog\n\n## 1.2.30\n' }, /no "## 1\.2\.3"/],
    ['that is released', { tags: ['v1.2.3'] }, /released already/],
    ['with the version of no release', { version: '1.2.3-beta.1' }, /not a version of a release/],
  ])('not one %s', (_, change, problem) => {
    const problems = releaseProblems({ ...candidate, ...change })
    expect(problems.join('\n')).toMatch(problem)
    for (const line of problems) expect(line).toContain('How to fix:')
  })
})

describeIf(whyMissing('git'))('commit-dist.yml takes a patch', () => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/commit-dist.yml'), 'utf8'))
  const steps = workflow.jobs.commit.steps as { id?: string; run?: string }[]
  const script = steps.find(({ id }) => id === 'apply')?.run ?? ''
  const bundle = 'actions/release/plan/dist/index.js'

  /** What the step says of a patch that `change` makes to a repository with one bundle. */
  function apply(change: (folder: string) => void) {
    const temp = mkdtempSync(join(tmpdir(), 'belay-patch-'))
    onTestFinished(() => rmSync(temp, { recursive: true }))
    const folder = join(temp, 'repository')
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
    mkdirSync(join(folder, 'actions/release/plan/dist'), { recursive: true })
    writeFileSync(join(folder, bundle), 'old\n')
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--message', 'old')
    change(folder)
    git('add', '--all')
    writeFileSync(join(temp, 'dist.patch'), git('diff', '--cached', '--binary', '--no-renames'))
    git('reset', '--quiet', '--hard')
    const output = join(temp, 'output')
    writeFileSync(output, '')
    const env = { ...process.env, RUNNER_TEMP: temp, GITHUB_OUTPUT: output }
    const { status, stdout } = spawnSync('bash', ['-e', '-c', script], { cwd: folder, env, encoding: 'utf8' })
    return { status, stdout, output: readFileSync(output, 'utf8'), bundle: readFileSync(join(folder, bundle), 'utf8') }
  }

  test('of bundles: changed, new and gone files', () => {
    const {
      status,
      output,
      bundle: text,
    } = apply((folder) => {
      writeFileSync(join(folder, bundle), 'new\n')
      writeFileSync(join(folder, 'actions/release/plan/dist/post.js'), 'new\n')
    })
    expect({ status, output, text }).toEqual({ status: 0, output: 'changed=true\n', text: 'new\n' })
  })

  test('that is empty, and changes nothing', () => {
    expect(apply(() => {})).toMatchObject({ status: 0, output: '', bundle: 'old\n' })
  })

  test.each<[string, (folder: string) => void]>([
    ['source', (folder) => writeFileSync(join(folder, 'package.json'), '{}\n')],
    [
      'a workflow',
      (folder) => {
        mkdirSync(join(folder, '.github/workflows'), { recursive: true })
        writeFileSync(join(folder, '.github/workflows/ci.yml'), 'on: push\n')
      },
    ],
    ['a link', (folder) => symlinkSync('/etc/passwd', join(folder, 'actions/release/plan/dist/link.js'))],
    ['a program', (folder) => chmodSync(join(folder, bundle), 0o755)],
    [
      'a folder that only looks like one',
      (folder) => {
        mkdirSync(join(folder, 'actions/release/plan/src/dist'), { recursive: true })
        writeFileSync(join(folder, 'actions/release/plan/src/dist/index.js'), '\n')
      },
    ],
  ])('but none of %s', (_, change) => {
    const { status, stdout, output } = apply(change)
    expect(status).toBe(1)
    expect(stdout).toContain('more than plain files of dist/')
    expect(output).toBe('')
  })
})

test('Dependabot reads every folder whose files pin an action of others', () => {
  const { updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8'))
  const { directories } = updates.find(
    (update: Record<string, string>) => update['package-ecosystem'] === 'github-actions',
  )
  const pinned = [...workflows, ...composites].filter(({ text }) => /uses: (?!belay-actions\/)[\w.-]+\//.test(text))
  const folders = pinned.map(({ path }) => `/${dirname(path)}`.replace(/^\/\.github\/workflows$/, '/'))
  expect([...directories].sort()).toEqual([...new Set(folders)].sort())
})

describe('the pins of a release', () => {
  const release = { commit: 'c'.repeat(40), version: 'v1.2.3' }

  test('are the commit in a file that runs, and <sha> on a page', () => {
    const line = `      - uses: belay-actions/belay/actions/release@${'0'.repeat(40)} # v0.1.0`
    expect(pinTo(line, release)).toBe(`      - uses: belay-actions/belay/actions/release@${release.commit} # v1.2.3`)
    expect(pinTo('uses: belay-actions/belay/actions/release@<sha> # v0.1.0', release)).toBe(
      'uses: belay-actions/belay/actions/release@<sha> # v1.2.3',
    )
    expect(pinTo('Pin a commit\n(`@<sha> # v0.1.0`): why', release)).toBe('Pin a commit\n(`@<sha> # v1.2.3`): why')
  })

  test('leave the pins of others alone', () => {
    const line = `uses: actions/checkout@${'a'.repeat(40)} # v7.0.1`
    expect(pinTo(line, release)).toBe(line)
  })

  test('reach every file that names Belay by its commit', () => {
    const files = globSync(['docs/callers/*.yml', 'examples/*/.github/workflows/*.yml'], { cwd: root })
    expect(files.length).toBeGreaterThan(5)
    for (const path of files) {
      const text = pinTo(readFileSync(join(root, path), 'utf8'), release)
      for (const [, pin] of text.matchAll(/belay-actions\/belay\/\S+@(\S+)/g))
        expect(pin?.slice(0, 40), path).toBe(release.commit)
    }
  })
})
