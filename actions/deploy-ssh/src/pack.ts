import { hash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ContentEntry } from './content.ts'

const compress = promisify<Buffer, { level: number }, Buffer>(gzip)

/** What is packed goes by a call; what is larger by rsync, which sends of a changed file only what changed. */
export const maxPackedBytes = 1024 * 1024

/**
 * Files and links as a tar, compressed, in Base64, for one call to a host. Undefined where they are too large for that,
 * where a folder is among them (only rsync makes one as the host's umask, group and access lists want it), or where one
 * is not any more what its digest says.
 */
export async function packEntries(folder: string, entries: readonly ContentEntry[]): Promise<string | undefined> {
  if (entries.some(({ kind }) => kind === 'folder')) return undefined
  if (entries.reduce((sum, { size }) => sum + size + blockBytes, 0) > maxPackedBytes) return undefined
  const blocks: Buffer[] = []
  for (const entry of entries) {
    const content = contentOf(join(folder, entry.path), entry)
    if (content === undefined || hash('sha256', content) !== entry.digest) return undefined
    blocks.push(...tarEntry(entry, content))
  }
  const tar = Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)])
  return (await compress(tar, { level: 1 })).toString('base64')
}

function contentOf(path: string, { kind }: ContentEntry): Buffer | undefined {
  try {
    return kind === 'link' ? readlinkSync(path, 'buffer') : readFileSync(path)
  } catch {
    return undefined
  }
}

const blockBytes = 512

/** One entry of a tar (POSIX ustar). A path or link that is too long for a header stands in an entry before it (GNU). */
function tarEntry({ path, kind, mode }: ContentEntry, content: Buffer): Buffer[] {
  const name = Buffer.from(`./${path}`)
  const isLink = kind === 'link'
  const target = isLink ? content : Buffer.alloc(0)
  const data = isLink ? Buffer.alloc(0) : content
  return [
    ...(name.length > 100 ? longText('L', name) : []),
    ...(target.length > 100 ? longText('K', target) : []),
    header(name, isLink ? 0o777 : mode & 0o777, data.length, isLink ? '2' : '0', target),
    ...padded(data),
  ]
}

function longText(type: 'L' | 'K', text: Buffer): Buffer[] {
  const data = Buffer.concat([text, Buffer.alloc(1)])
  return [header(Buffer.from('././@LongLink'), 0o644, data.length, type, Buffer.alloc(0)), ...padded(data)]
}

function header(name: Buffer, mode: number, size: number, type: string, target: Buffer): Buffer {
  const block = Buffer.alloc(blockBytes)
  name.copy(block, 0, 0, Math.min(name.length, 100))
  const number = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1')
  number(mode, 100, 8)
  number(0, 108, 8)
  number(0, 116, 8)
  number(size, 124, 12)
  number(0, 136, 12)
  block.write(' '.repeat(8), 148, 'latin1')
  block.write(type, 156, 'latin1')
  target.copy(block, 157, 0, Math.min(target.length, 100))
  block.write('ustar  \0', 257, 'latin1')
  number(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return block
}

function padded(data: Buffer): Buffer[] {
  const rest = data.length % blockBytes
  return rest === 0 ? [data] : [data, Buffer.alloc(blockBytes - rest)]
}
