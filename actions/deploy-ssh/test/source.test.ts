import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSource } from '../src/source.ts'

/** A folder of files with their texts; a name that ends with `/` is an empty folder, `NAME -> TARGET` a link. */
function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'belay-source-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    const [path = '', target] = name.split(' -> ')
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (path.endsWith('/')) mkdirSync(join(folder, path), { recursive: true })
    else if (target) symlinkSync(target, join(folder, path))
    else writeFileSync(join(folder, path), text)
  }
  return folder
}

const opened = (folder: string) => openSource(folder, folder, new AbortController().signal)
const manifest = async (files: Record<string, string>) => (await opened(tree(files))).manifest

// The digest of the empty text, as a manifest has it.
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

test('the same tree has the same manifest', async () => {
  const files = { a: '1', 'b/c': '2', 'd/': '', 'l -> a': '' }
  expect(await manifest(files)).toBe(await manifest(files))
})

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['one more empty folder', { a: '' }, { a: '', 'tmp/': '' }],
  ['one more empty folder inside another', { 'a/b': '' }, { 'a/b': '', 'a/c/': '' }],
  ['a name that looks like the line of another file', { a: '', b: '' }, { [`a\nfile ${empty} b`]: '' }],
  ['a name with a space and a link', { 'l -> a b': '' }, { 'b l -> a': '' }],
  ['a folder instead of an empty file', { a: '' }, { 'a/': '' }],
])('%s is another one', async (_, one, other) => {
  expect(await manifest(one)).not.toBe(await manifest(other))
})

test('a name that is not UTF-8 is refused in plain words', async () => {
  for (const make of [(path: Buffer) => writeFileSync(path, ''), mkdirSync] as ((path: Buffer) => void)[]) {
    const folder = tree({ good: '' })
    make(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9, 0x0a])]))
    await expect(opened(folder)).rejects.toMatchObject({
      code: 'source-unsupported',
      message: expect.stringMatching(/a name that is not UTF-8: ".*caf\ufffd\\n"/),
    })
  }
})

test('a name with a line break is one line in what an error says of it', async () => {
  const folder = tree({ good: '' })
  const { execFileSync } = await import('node:child_process')
  execFileSync('mkfifo', [join(folder, 'a\n::error::b')])
  await expect(opened(folder)).rejects.toMatchObject({
    code: 'source-unsupported',
    message: expect.not.stringMatching(/\n::/),
  })
})
