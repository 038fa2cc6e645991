import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whyMissing } from '../../scripts/machine/missing.ts'
import { describeIf } from '../support/need.ts'
import { actions, bundled, root } from './manifests.ts'

describeIf(whyMissing('git'))('the archive that users of an action download', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-archive-'))
  const archive = join(folder, 'archive')
  let exported: string[] = []

  beforeAll(() => {
    // A repository of its own: the files may have come without one.
    execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'git')])
    exported = exportedFiles()
    for (const path of exported) cpSync(join(root, path), join(archive, path))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** All files that `git archive` would pack: neither they nor a folder above them have `export-ignore`. */
  function exportedFiles(): string[] {
    const paths = globSync(
      '{*,.*,{actions,docs,examples,packages,scripts,test,tools,.changeset,.github,.ci}/**/{*,.*}}',
      {
        cwd: root,
        exclude: (path) => /(^|\/)(node_modules|\.git|coverage|\.rehearsal)$/.test(String(path)),
      },
    )
    const answer = execFileSync('git', ['check-attr', '-z', '--stdin', 'export-ignore'], {
      cwd: root,
      env: { ...process.env, GIT_DIR: join(folder, 'git'), GIT_WORK_TREE: root },
      input: paths.join('\0'),
      encoding: 'utf8',
    })
    const words = answer.split('\0')
    const left = new Set(words.filter((_, index) => index % 3 === 0 && words[index + 2] === 'set'))
    const isLeft = (path: string): boolean => path !== '.' && (left.has(path) || isLeft(dirname(path)))
    return paths.filter((path) => statSync(join(root, path)).isFile() && !isLeft(path))
  }

  test('has every action and what it starts, the licence and the README', () => {
    const needed = ['LICENSE', 'README.md', ...actions.map(({ path }) => path)]
    for (const { folder, manifest } of bundled) {
      const { main, post } = manifest.runs as { main: string; post?: string }
      for (const file of [main, post]) if (file) needed.push(`${folder}/${file}`)
    }
    // What the actions share, and what it may be used for.
    needed.push('actions/toolkit/dist/index.js', 'actions/toolkit/dist/licenses.txt')
    expect(exported).toEqual(expect.arrayContaining(needed))
    // The action that watches the runner comes to it in the same way.
    expect(exported).toEqual(
      expect.arrayContaining(
        ['action.yml', 'main.ts', 'post.ts', 'notes.ts'].map((file) => `test/on-github/runner-test-action/${file}`),
      ),
    )
  })

  test('has neither tests, nor source, nor files only for readers', () => {
    const unneeded =
      /\.test\.ts$|^(packages|tools|examples|docs|\.changeset)\/|\/src\/|^CHANGELOG|^\.github\/ISSUE_TEMPLATE|^actions\/.*\/README/
    expect(exported.filter((path) => unneeded.test(path))).toEqual([])
  })

  test('is smaller than 1.5 MB', () => {
    const bytes = execFileSync('tar', ['-cz', '-C', archive, '.'], { maxBuffer: 2 ** 28 }).length
    expect(bytes).toBeLessThan(1_500_000)
  })

  test('has what the actions share at its expected place', async () => {
    const asked = bundled.flatMap(({ folder: action }) => {
      const text = readFileSync(join(archive, action, 'dist/index.js'), 'utf8')
      const paths = text.matchAll(/import\('([^']*\/toolkit\/[^']*)'\)/g)
      return [...paths].map(([, path = '']) => join(archive, action, 'dist', path))
    })
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([join(archive, 'actions/toolkit/dist/index.js')]))
    const shared: object = await import(/* @vite-ignore */ pathToFileURL(asked[0] ?? '').href)
    expect(Object.keys(shared)).toEqual(expect.arrayContaining(['downloadTool', 'getOctokit']))
  })

  test.each(bundled)('$folder starts from it', ({ folder: action }) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(archive, action, 'dist/index.js')], {
      cwd: folder,
      env: { PATH: process.env.PATH, RUNNER_TEMP: folder },
      encoding: 'utf8',
      timeout: 20_000,
    })
    // Without inputs it says which are missing, or has nothing to do: either way all of its parts were there.
    expect(stderr).toBe('')
    expect(stdout).not.toMatch(/ERR_MODULE_NOT_FOUND|ENOENT/)
    expect(stdout).toMatch(status === 0 ? /./ : / invalid; nothing was changed/)
  })
})
