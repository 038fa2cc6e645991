import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipOf } from '@belay/fakes/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downloadArtifact, type GitHub } from '../src/index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belay-unzip-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Has a zip downloaded and unpacked, as `release/artifact` does, for three seconds at most. */
async function download(zip: Buffer, folder = join(root, 'out'), signal = AbortSignal.timeout(3000)): Promise<string> {
  const digest = `sha256:${createHash('sha256').update(zip).digest('hex')}`
  const github = {
    saveArtifact: async (_id: number, file: string) => {
      writeFileSync(file, zip)
      return digest.slice('sha256:'.length)
    },
  } as unknown as GitHub
  await downloadArtifact(github, { id: 7, name: 'acme', digest }, folder, signal)
  return folder
}

test('what was uploaded is unpacked', async () => {
  const folder = await download(zipOf({ 'app/main.js': 'one', 'run me.sh': 'two' }))
  expect(readFileSync(join(folder, 'app/main.js'), 'utf8')).toBe('one')
  expect(readFileSync(join(folder, 'run me.sh'), 'utf8')).toBe('two')
})

test('a zip with a name twice is refused, without a question which one is meant', async () => {
  const zip = zipOf([
    ['app/main.js', 'one'],
    ['app/main.js', 'two'],
  ])
  await expect(download(zip)).rejects.toMatchObject({
    code: 'artifact-unreadable',
    message: expect.stringContaining('has a name twice'),
  })
})

test('one that would fill the disk is refused before a byte of it is written', async () => {
  const zip = zipOf({ a: 'x', b: 'x', c: 'x' })
  // The directory at its end says that each has nearly 4 GiB.
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4))
    zip.writeUInt32LE(0xff_ff_ff_f0, at + 24)
  await expect(download(zip)).rejects.toMatchObject({ code: 'artifact-too-large' })
})

test.each([
  ['no zip at all', Buffer.from('<html>not found</html>'), /is not a zip file/],
  ['a cut one', zipOf({ a: 'x'.repeat(5000) }).subarray(0, 60), /is not a zip file/],
  ['an empty one', zipOf({}), /holds no file/],
])('%s is a clear failure', async (_, zip, words) => {
  await expect(download(zip)).rejects.toMatchObject({
    code: 'artifact-unreadable',
    message: expect.stringMatching(words),
  })
})

test('a folder that cannot be created is a clear failure', async () => {
  writeFileSync(join(root, 'file'), '')
  await expect(download(zipOf({ a: 'x' }), join(root, 'file/out'))).rejects.toMatchObject({
    code: 'artifact-unwritable',
    message: expect.stringContaining('ENOTDIR'),
  })
})

test('a cancelled job ends it', async () => {
  await expect(download(zipOf({ a: 'x' }), undefined, AbortSignal.abort())).rejects.toMatchObject({
    code: 'interrupted',
  })
})
