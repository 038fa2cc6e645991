import { describe, expect, test } from 'vitest'
import { affectsService, changedPaths } from '../src/commits.ts'

const file = (path: string, sha: string, mode = '100644') => ({ path, sha, mode, type: 'blob' })
const tree = (...files: ReturnType<typeof file>[]) => ({ truncated: false, tree: files })

const before = tree(file('same', '1'), file('gone', '1'), file('changed', '1'), file('mode', '1'))
const after = tree(file('same', '1'), file('new', '1'), file('changed', '2'), file('mode', '1', '100755'))

test('files that were added, removed, changed or made executable differ', () => {
  expect(changedPaths(before, after).sort()).toEqual(['changed', 'gone', 'mode', 'new'])
})

test('folders do not count as changed', () => {
  const withFolder = { ...after, tree: [...after.tree, { ...file('folder', '9'), type: 'tree' as const }] }
  expect(changedPaths(before, withFolder).sort()).toEqual(['changed', 'gone', 'mode', 'new'])
})

describe('a service is touched', () => {
  test.each<[string, Parameters<typeof affectsService>[0], string[], boolean]>([
    ['by a file in its root', { rootDir: 'api' }, ['api/a/b.ts'], true],
    ['not by a neighbour of a like name', { rootDir: 'api' }, ['api2/a.ts', 'api'], false],
    ['by any file where it has no root', { rootDir: '' }, ['README.md'], true],
    ['by nothing where nothing differs', { rootDir: '' }, [], false],
    ['by a root with slashes', { rootDir: './api/' }, ['api/a.ts'], true],
    [
      'not by what its filter ignores',
      { rootDir: 'api', buildFilter: { ignoredPaths: ['**/*.md'] } },
      ['api/x/README.md'],
      false,
    ],
    ['by what its filter includes', { rootDir: 'api', buildFilter: { paths: ['shared/**'] } }, ['shared/a.ts'], true],
    [
      'only by that where it has no root',
      { rootDir: null, buildFilter: { paths: ['db/**', 'Dockerfile'] } },
      ['api/a.ts'],
      false,
    ],
    [
      'by the Dockerfile that it includes',
      { rootDir: null, buildFilter: { paths: ['db/**', 'Dockerfile'] } },
      ['Dockerfile'],
      true,
    ],
    ['by a file with a dot that it includes', { rootDir: '', buildFilter: { paths: ['db/**'] } }, ['db/a/.env'], true],
    ['by one with a dot in the first folder', { rootDir: '', buildFilter: { paths: ['*'] } }, ['.dockerignore'], true],
    [
      'not by files with a dot that it ignores',
      { rootDir: '', buildFilter: { ignoredPaths: ['.*'] } },
      ['.env'],
      false,
    ],
    ['by what it includes with a slash in front', { rootDir: '', buildFilter: { paths: ['./db/*'] } }, ['db/a'], true],
    ['by what lies in a folder that it includes', { rootDir: '', buildFilter: { paths: ['db'] } }, ['db/a/b'], true],
  ])('%s', (_, service, paths, expected) => {
    expect(affectsService(service, paths)).toBe(expected)
  })
})
