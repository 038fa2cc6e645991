import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { base, openReleases, type Tree } from './support/releases.ts'

const big = (letter: string) => letter.repeat(700_000)
const tree: Tree = {
  'bin/run': 'x #!/bin/sh\n',
  'lib/a.js': 'a',
  'lib/deep/er/b.js': 'b',
  'empty/': '',
  latest: '-> lib/a.js',
  dangling: '-> /nowhere/at all',
  'a name with spaces': 's',
  '-rf': 'dash',
  '*?[a]$(id)`': 'pattern',
  "it's": 'quote',
  'käse ☕': 'letters',
  [`long/${'n'.repeat(120)}`]: 'long',
  'big.bin': big('b'),
}

describe.for(['sh', 'busybox', 'bash'] as const)('a release after another one, on a host with %s', (shell) => {
  describeIf(canStartHosts())('there', () => {
    // Busybox's own find cannot see change times: there everything is compared.
    const links = shell !== 'busybox'
    let on: Awaited<ReturnType<typeof openReleases>>
    beforeAll(async () => {
      on = await openReleases(shell)
    })
    afterAll(() => on.close())

    test('links what did not change, and sends the rest in a call', async () => {
      const first = await on.release(tree)
      const before = await on.contentOf(first.release)
      const second = await on.release({
        ...tree,
        'lib/a.js': 'another',
        latest: '-> bin/run',
        'bin/run': 'lib',
        'lib/deep/er/b.js': 'x b',
      })
      expect(second.isLinked).toBe(links)
      expect(await on.inode(`${second.release}/big.bin`)).toBe(await on.inode(`${first.release}/big.bin`))
      expect(await on.inode(`${second.release}/lib/a.js`)).not.toBe(await on.inode(`${first.release}/lib/a.js`))
      expect(await on.contentOf(first.release)).toEqual(before)
      const third = await on.release(tree)
      expect(third.isLinked).toBe(links)
      expect(await on.contentOf(third.release)).toEqual(before)
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, first.id))
    })

    test('sends nothing where nothing changed', async () => {
      await on.release(tree)
      const second = await on.release(tree)
      expect(second.isLinked).toBe(links)
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, ''))
    })

    test.each<[string, Tree]>([
      ['more than fits into a call', { ...tree, 'big.bin': big('c'), 'more.bin': big('d') }],
      ['a new folder', { ...tree, 'lib/new/c.js': 'c', 'lib/new/d/': '' }],
      ['a folder that was a file', { ...tree, 'lib/a.js/x': 'x' }],
      [
        'a file that was a folder',
        Object.fromEntries(Object.entries({ ...tree, lib: 'file' }).filter(([path]) => !path.startsWith('lib/'))),
      ],
      [
        'a link that was a folder',
        Object.fromEntries(Object.entries({ ...tree, long: '-> lib' }).filter(([path]) => !path.startsWith('long/'))),
      ],
      ['a file that was a link', { ...tree, latest: 'text' }],
      ['a link with a long target', { ...tree, latest: `-> ${'t'.repeat(150)}` }],
      ['less', { 'lib/a.js': 'a' }],
      ['a name with a line break', { ...tree, 'two\nlines': 'x' }],
      ['a name with a tab', { ...tree, 'a\tb': 'x' }],
    ])('has what a full comparison brings: %s', async (_, files) => {
      const given = Object.fromEntries(
        Object.entries(files).filter(([path]) => !('lib/a.js/x' in files) || path !== 'lib/a.js'),
      )
      const first = await on.release(tree)
      const second = await on.release(given)
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, first.id))
      const third = await on.release(tree)
      expect(await on.contentOf(third.release)).toEqual(await on.compared(third.source, second.id))
    })

    test('has the modes that a full comparison gives', async () => {
      const modes = (source: string) => {
        chmodSync(join(source, 'lib/a.js'), 0o600)
        chmodSync(join(source, 'lib/deep'), 0o700)
        chmodSync(join(source, 'bin/run'), 0o750)
      }
      // A file that is linked keeps the mode that it had.
      await on.release({ 'only.txt': '1' })
      const first = await on.release(tree, [], modes)
      const second = await on.release({ ...tree, 'lib/a.js': 'new' }, [], modes)
      expect(second.isLinked).toBe(links)
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, first.id))
      const third = await on.release({ ...tree, 'lib/a.js': 'new' }, [], (source) =>
        chmodSync(join(source, 'lib/deep'), 0o777),
      )
      expect(await on.contentOf(third.release)).toEqual(await on.compared(third.source, second.id))
      await on.release({ 'only.txt': '1' })
    })

    test('has the group and access list of the folder above, as a full comparison gives them', async () => {
      const releases = `${base}/releases`
      try {
        const first = await on.release(tree)
        await on.host.run(['chgrp', 'users', releases], { user: 'root' })
        await on.host.run(['chmod', 'g+ws', releases], { user: 'root' })
        await on.host.run(['setfacl', '-d', '-m', 'g:users:rwx', releases], { user: 'root' })
        const second = await on.release({ ...tree, 'lib/a.js': '2' })
        expect(second.isLinked).toBe(false)
        expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, first.id))
        const third = await on.release({ ...tree, 'lib/a.js': '3' })
        expect(await on.contentOf(third.release)).toEqual(await on.compared(third.source, second.id))
      } finally {
        await on.host.run(['setfacl', '-b', releases], { user: 'root' })
        await on.host.run(['chmod', 'g-s', releases], { user: 'root' })
        await on.host.run(['chgrp', 'deploy', releases], { user: 'root' })
      }
    })

    // Where nothing is linked there are no lists either.
    const edits: readonly (readonly [string, (release: string) => string[]])[] = [
      [
        'edited, and its times put back',
        (path) => ['touch -r "$0/lib/a.js" /tmp/time; printf X >"$0/lib/a.js"; touch -r /tmp/time "$0/lib/a.js"', path],
      ],
      ['edited in place, of the same length', (path) => ['printf X >"$0/lib/a.js"', path]],
      ['without one of its files', (path) => ['rm "$0/lib/a.js"', path]],
      ['with one file more', (path) => ['printf X >"$0/lib/more.js"', path]],
      ['with another mode', (path) => ['chmod 700 "$0/lib/a.js"', path]],
      ['with a file of another one', (path) => ['ln -f "$0/bin/run" "$0/lib/a.js"', path]],
      ['moved away and copied back', (path) => ['cp -a "$0" "$0.copy" && rm -rf "$0" && mv "$0.copy" "$0"', path]],
      [
        'with its list cut off',
        (path) => ['list=$(dirname "$0")/../.belay/lists/$(basename "$0"); sed -i "\\$d" "$list"', path],
      ],
      [
        'with the list of another boot',
        (path) => [
          'list=$(dirname "$0")/../.belay/lists/$(basename "$0"); sed -i "s/^whole .*/whole x/" "$list"',
          path,
        ],
      ],
      ['without its list', (path) => ['rm "$(dirname "$0")/../.belay/lists/$(basename "$0")"', path]],
    ]
    test.each(edits.filter(([name]) => links || !/its list|the list/.test(name)))(
      'compares all where the committed release was found %s',
      async (_, edit) => {
        const first = await on.release(tree)
        await on.asDeploy('/bin/sh', '-c', ...edit(first.release))
        const second = await on.release({ ...tree, 'bin/run': 'x new\n' })
        expect(second.isLinked).toBe(false)
        const fresh = await on.compared(second.source, '')
        expect(await on.contentOf(second.release)).toEqual(fresh)
        const third = await on.release(tree)
        expect(third.isLinked).toBe(links)
      },
    )

    test('compares all where a file of the committed release is written while it is linked', async () => {
      const first = await on.release(tree)
      const second = await on.begin(tree)
      await on.asDeploy('/bin/sh', '-c', 'printf X >"$0/lib/a.js"', first.release)
      expect(await second.bring()).toBe(false)
      await second.prepare(false)
      await second.commit()
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, ''))
    })

    test('compares all after a release that was undone, and one whose runner was lost between its files and its name', async () => {
      await on.release(tree)
      const undone = await on.begin({ ...tree, 'lib/a.js': 'undone' })
      expect(await undone.bring()).toBe(links)
      expect(await on.host.exists(`${base}/releases/.incoming-${undone.id}`)).toBe(true)
      await undone.undo()
      const next = await on.begin(tree)
      // What was linked in vain is removed by the next one.
      expect(await on.host.exists(`${base}/releases/.incoming-${undone.id}`)).toBe(false)
      expect(await next.bring()).toBe(false)
      await next.prepare(false)
      await next.commit()
      expect(await on.contentOf(next.release)).toEqual(await on.compared(next.source, ''))
      expect((await on.release(tree)).isLinked).toBe(links)
    })

    test.each<[string, string]>([
      ['has a file more', 'printf X >"$0/more"'],
      ['has a file less', 'rm "$0/lib/a.js"'],
      ['has another name', 'mv "$0/lib/a.js" "$0/lib/A.js"'],
    ])('compares all where the finished tree %s', async (_, harm) => {
      await on.release(tree)
      const second = await on.begin({ ...tree, 'bin/run': 'x 2\n' })
      expect(await second.bring()).toBe(links)
      await on.asDeploy('/bin/sh', '-c', harm, `${base}/releases/.incoming-${second.id}`)
      await second.prepare(true)
      await second.commit()
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, ''))
    })

    test('compares all where what is sent cannot be unpacked', async () => {
      await on.release(tree)
      const second = await on.begin({ ...tree, 'lib/a.js': 'second' })
      await on.asDeploy('/bin/sh', '-c', 'cd "$0"/*-"$1"/release && mkdir pack', `${base}/.belay/work`, second.id)
      expect(await second.bring()).toBe(false)
      await on.asDeploy('/bin/sh', '-c', 'cd "$0"/*-"$1"/release && rmdir pack', `${base}/.belay/work`, second.id)
      await second.prepare(false)
      await second.commit()
      expect(await on.contentOf(second.release)).toEqual(await on.compared(second.source, ''))
    })

    test('has its shared paths, and what they hid once they are shared no more', async () => {
      const files = { ...tree, 'var/keep/x': 'x', 'uploads/readme': 'shipped' }
      const shared = ['uploads', 'var/data', 'cache/a/b']
      await on.release(files, shared)
      const second = await on.release({ ...files, 'lib/a.js': '2', 'uploads/readme': '2' }, shared)
      expect(second.isLinked).toBe(links)
      expect(await on.host.linkTarget(`${second.release}/uploads`)).toBe('../../shared/uploads')
      expect(await on.host.linkTarget(`${second.release}/cache/a/b`)).toBe('../../../../shared/cache/a/b')
      expect(await on.host.read(`${second.release}/var/keep/x`)).toBe('x')
      const third = await on.release({ ...files, 'uploads/readme': '3' }, ['var/data'])
      expect(await on.contentOf(third.release)).toContainEqual(
        expect.stringMatching(/ \.\/var\/data \.\.\/\.\.\/\.\.\/shared\/var\/data$/),
      )
      expect(await on.host.read(`${third.release}/uploads/readme`)).toBe('3')
      expect(await on.host.exists(`${third.release}/cache`)).toBe(false)
      const fourth = await on.release({ ...files, 'uploads/readme': '3' }, ['var'])
      expect(await on.host.linkTarget(`${fourth.release}/var`)).toBe('../../shared/var')
    })

    test('keeps no list of a release that was pruned', async () => {
      for (let count = 0; count < 6; count++) await on.release(tree)
      const lists = (await on.host.run(['ls', `${base}/.belay/lists`])).stdout.split('\n').filter(Boolean)
      const releases = (await on.host.run(['ls', `${base}/releases`])).stdout.trim().split('\n')
      expect(releases.length).toBeLessThan(6)
      expect(lists).toEqual(lists.filter((name) => releases.includes(name)))
    })
  })
})
