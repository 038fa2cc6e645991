import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Asked, open } from '@belay/http'

/** Writes what is answered to a file. Returns the status and the SHA-256 of what was written. @throws NoAnswer */
export async function saveAnswer(asked: Asked, file: string): Promise<{ status: number; sha256: string }> {
  return open(asked, async (response) => {
    const hash = createHash('sha256')
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(response, hashing, createWriteStream(file, { mode: 0o600 }), { signal: asked.signal })
    return { status: response.statusCode ?? 0, sha256: hash.digest('hex') }
  })
}
