import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { childEnvironment, Failure } from '@belay/action-kit'
import type { Connection } from '@belay/remote'

/**
 * Arguments of the upload. By checksum and without times, so that a fresh checkout of the same content is linked to the
 * release before and costs no room; without owner, group and mode, so that a folder's setgid bit and the host's umask
 * hold, and nothing that is shared by a hard link is ever changed.
 */
export function rsyncArguments(connection: Connection, from: string, to: string, linkTo: string): string[] {
  return [
    '--recursive',
    '--links',
    '--executability',
    '--checksum',
    '--compress',
    '--secluded-args',
    '--timeout=60',
    `--rsh=ssh -F "${join(connection.folder, 'config')}"`,
    ...(linkTo === '' ? [] : [`--link-dest=../${linkTo}`]),
    `${from}/`,
    `belay:${to}/`,
  ]
}

/** Uploads a folder. @throws Failure `disk-full`, `rsync-missing`, `unreachable`, `upload-failed` */
export async function upload(
  connection: Connection,
  from: string,
  to: string,
  linkTo: string,
  signal: AbortSignal,
): Promise<void> {
  const args = rsyncArguments(connection, from, to, linkTo)
  const child = spawn('rsync', args, {
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4000)
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Failure('rsync-missing', 'rsync is not installed on the runner.', 'install rsync there.')
  })
  if (status !== 0) throw uploadFailure(connection.target.name, status, errors)
}

function uploadFailure(host: string, status: number | null, errors: string): Failure {
  const said = errors.trim().split('\n')
  const why = said.find((line) => /rsync(:| error:)/.test(line)) ?? said[0] ?? ''
  if (/No space left|Disk quota exceeded/i.test(errors))
    return new Failure('disk-full', `${host}: the disk filled up during the upload.`, 'free some room there.')
  if (status === 127 || /rsync: (command )?not found|No such file or directory.*rsync/i.test(errors))
    return new Failure('rsync-missing', `${host}: rsync is not installed there.`, 'install rsync on the host.')
  if (status === 255 || status === 12 || status === 30 || status === 35)
    return new Failure(
      'unreachable',
      `${host}: the connection broke during the upload (rsync ${status}: ${why}).`,
      'see whether the host is up.',
    )
  return new Failure('upload-failed', `${host}: rsync ended with ${status}: ${why}`)
}
