import { createCipheriv } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const files = 2000

/** What is released: 2,000 files of 4 to 48 KiB, 52 MB, the same bytes on every machine; half of them is compressible. */
export function writeTree(folder: string): void {
  for (let index = 0; index < files; index++) write(folder, index, 0)
}

/** Changes 1 % of the files (other ones each round) and gives all of them new times, as a fresh checkout does. */
export function changeTree(folder: string, round: number): void {
  const now = new Date()
  for (let index = 0; index < files; index++) {
    if (index % 100 === round % 100) write(folder, index, round)
    else utimesSync(pathOf(folder, index), now, now)
  }
}

function pathOf(folder: string, index: number): string {
  return join(folder, `part-${index % 20}`, `${index}.txt`)
}

function write(folder: string, index: number, round: number): void {
  const path = pathOf(folder, index)
  if (index < 20) mkdirSync(join(folder, `part-${index}`), { recursive: true })
  writeFileSync(path, textOf(index, round))
}

/** A key stream as hex digits: it looks random and packs to about a half, like code and pictures together. */
function textOf(index: number, round: number): string {
  const key = Buffer.alloc(16)
  key.writeUInt32BE(index)
  key.writeUInt32BE(round, 4)
  const bytes = 2048 + ((index * 7919) % 22_100)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes)).toString('hex')
}
