import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { contentList } from '../src/content.ts'
import { maxPackedBytes, packEntries } from '../src/pack.ts'
import { openSource } from '../src/source.ts'

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'belay-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (path.endsWith('/')) mkdirSync(join(folder, path), { recursive: true })
    else if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(folder, path))
    else writeFileSync(join(folder, path), text)
  }
  chmodSync(folder, 0o755)
  return folder
}

const open = (folder: string) => openSource(folder, folder, new AbortController().signal)

test('tar unpacks what was packed: names, modes, links, content', async () => {
  const files = {
    a: '',
    'b c': 'x'.repeat(511),
    '-rf': 'x'.repeat(512),
    'käse ☕': 'x'.repeat(513),
    [`${'n'.repeat(99)}`]: '99',
    [`${'n'.repeat(100)}`]: '100',
    [`${'n'.repeat(98)}é`]: 'cut inside a letter',
    [`${'d'.repeat(150)}/${'n'.repeat(200)}`]: 'long',
    link: '-> a',
    'long link': `-> ${'t'.repeat(300)}`,
    dangling: '-> /nowhere',
  }
  const source = tree(files)
  chmodSync(join(source, 'a'), 0o755)
  chmodSync(join(source, 'b c'), 0o600)
  const { entries } = await open(source)
  const packed = await packEntries(
    source,
    entries.filter(({ kind }) => kind !== 'folder'),
  )
  const target = tree({})
  execFileSync('tar', ['-x', '-z', '-p', '-f', '-', '-C', target], { input: Buffer.from(packed ?? '', 'base64') })
  const list = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  expect(list(target)).toEqual(list(source))
  for (const { path, kind } of entries) {
    if (kind === 'folder') continue
    if (kind === 'link') expect(readlinkSync(join(target, path))).toBe(readlinkSync(join(source, path)))
    else {
      expect(readFileSync(join(target, path))).toEqual(readFileSync(join(source, path)))
      expect(statSync(join(target, path)).mode).toBe(statSync(join(source, path)).mode)
    }
  }
})

test('no folder is packed, and nothing that is too large for a call', async () => {
  const source = tree({ 'a/b': 'x', big: 'x'.repeat(maxPackedBytes) })
  const { entries } = await open(source)
  const only = (path: string) => entries.filter((entry) => entry.path === path)
  expect(await packEntries(source, only('a'))).toBe(undefined)
  expect(await packEntries(source, only('big'))).toBe(undefined)
  expect(await packEntries(source, only('a/b'))).not.toBe(undefined)
})

test.each([
  ['changed', (path: string) => writeFileSync(path, 'y')],
  ['removed', (path: string) => rmSync(path)],
])('a file that was %s since its digest was taken is not packed', async (_, change) => {
  const source = tree({ a: 'x' })
  const { entries } = await open(source)
  change(join(source, 'a'))
  expect(await packEntries(source, entries)).toBe(undefined)
})

test('a list names everything in the order of bytes, and shared paths instead of what they hide', async () => {
  const source = tree({ 'a/b': '', 'a-b': '', 'a b': '', 'uploads/x': '', 'uploads2/x': '', é: '', z: '', l: '-> a' })
  chmodSync(join(source, 'a'), 0o700)
  const { entries, rootMode } = await open(source)
  const list = contentList(entries, rootMode, ['uploads', 'uploads/x', 'var/lib/data'])
  expect(list.split('\n').map((line) => line.replace(/ [0-9a-f]{64}$/, ' DIGEST'))).toEqual([
    '.\tfolder 755',
    './a\tfolder 755',
    './a b\tfile DIGEST',
    './a-b\tfile DIGEST',
    './a/b\tfile DIGEST',
    './l\tlink DIGEST',
    './uploads\tshared -',
    './uploads2\tfolder 755',
    './uploads2/x\tfile DIGEST',
    './var\tmade -',
    './var/lib\tmade -',
    './var/lib/data\tshared -',
    './z\tfile DIGEST',
    './é\tfile DIGEST',
  ])
  expect(execFileSync('sort', ['-c'], { input: `${list}\n`, env: { ...process.env, LC_ALL: 'C' } }).toString()).toBe('')
})

test.each(['two\nlines', 'a\tb', 'a\u0001b'])('there is no list of a release with a name such as %j', async (name) => {
  const { entries, rootMode } = await open(tree({ [name]: '' }))
  expect(contentList(entries, rootMode, [])).toBe('')
})
