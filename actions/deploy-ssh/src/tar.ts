import { mkdirSync, readdirSync } from 'node:fs'
import { childEnvironment, Failure, runBounded } from '@belay/action-kit'

/** Whether a file of this name is an archive that `unpack` reads. */
export function isTar(name: string): boolean {
  return /\.(tar|tgz|tar\.(gz|xz|zst|bz2))$/.test(name)
}

/**
 * Unpacks an archive into `folder`, and returns that.
 * @throws Failure `source-unreadable`
 */
export async function unpack(tar: string, folder: string, signal: AbortSignal): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const { status, errors } = await runBounded('tar', ['-x', '-f', tar, '-C', folder, '--no-same-owner'], {
    env: childEnvironment(),
    signal,
    keptCharacters: 2000,
  })
  if (status !== 0) {
    const why = errors.trim().split('\n').at(-1)
    throw new Failure(
      'source-unreadable',
      `source ${tar} cannot be unpacked: ${why}`,
      'check that the build wrote the whole file.',
    )
  }
  if (readdirSync(folder).length === 0) throw new Failure('source-unreadable', `source ${tar} is empty.`)
  return folder
}
