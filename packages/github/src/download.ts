import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { doubling, Failure, messageOf, type RetryableError, retry, type Tried } from '@belay/action-kit'
import { type HttpRequest, NoResponseError, streamRequest } from '@belay/http'

const attempts = 4
const attemptMs = 600_000

/**
 * Streams a URL of GitHub's storage to a file. The storage is another server: octokit is not used, and it does not get
 * the token. Returns the SHA-256 of the file.
 * @throws Failure `download-failed`
 */
export async function saveFrom(url: URL, file: string, signal: AbortSignal): Promise<string> {
  const asked: HttpRequest = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal }
  const once = () => saveOnce(asked, file)
  // Where the signal is aborted already, the download fails at once, and says so.
  const tried = (await retry(once, { repeatable: true, attempts, backoffMs: doubling(1000), signal })) ?? (await once())
  if ('value' in tried) return tried.value
  throw new Failure('download-failed', `The artifact could not be downloaded from ${url.host}: ${tried.trouble.why}.`)
}

async function saveOnce(asked: HttpRequest, file: string): Promise<Tried<string, RetryableError & { why: string }>> {
  const again = { maybeDelivered: true, waitMs: undefined }
  try {
    const { status, sha256 } = await saveAnswer(asked, file)
    if (status === 200) return { value: sha256 }
    return { trouble: { ...again, retryable: status >= 500, why: `HTTP ${status}` } }
  } catch (error) {
    return { trouble: { ...again, retryable: error instanceof NoResponseError, why: messageOf(error) } }
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
