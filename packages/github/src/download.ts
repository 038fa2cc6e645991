import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure, sleep } from '@belay/action-kit'
import { type HttpRequest, NoResponseError, streamRequest } from '@belay/http'

const attempts = 4
const attemptMs = 600_000

/**
 * Streams a URL of GitHub's storage to a file. The storage is another server: octokit is not used, and it does not get
 * the token. Returns the SHA-256 of the file.
 * @throws Failure `download-failed`
 */
export async function saveFrom(url: URL, file: string, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const asked: HttpRequest = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal }
    const outcome = await saveAnswer(asked, file).catch((error: unknown) => error as NoResponseError)
    if (!(outcome instanceof Error) && outcome.status === 200) return outcome.sha256
    const what = outcome instanceof Error ? outcome.message : `HTTP ${outcome.status}`
    const passing = outcome instanceof NoResponseError || (!(outcome instanceof Error) && outcome.status >= 500)
    if (!passing || attempt === attempts || signal.aborted)
      throw new Failure('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`)
    await sleep(500 * 2 ** attempt, signal)
  }
}

/** Writes the answer to a file. Returns the status and the SHA-256 of the file. @throws NoResponseError */
async function saveAnswer(asked: HttpRequest, file: string): Promise<{ status: number; sha256: string }> {
  return streamRequest(asked, async (response) => {
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
