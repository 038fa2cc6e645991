import { join, posix } from 'node:path'
import { childEnvironment, Failure, runBounded } from '@belay/action-kit'
import { type Connection, refusedSession } from '@belay/host'

/**
 * Arguments of the upload. By checksum and without times: a fresh checkout of the same content becomes hard links to the
 * previous release and takes no room. Without owner, group and mode: a folder's setgid bit and the host's umask apply, and
 * nothing that is shared by a hard link is ever changed. Folders that only their owner may enter on the runner are opened,
 * or the service could not read its own release. A file that only its owner may read stays so.
 */
export function rsyncArguments(connection: Connection, from: string, to: string, linkTo: string): string[] {
  return [
    '--recursive',
    '--links',
    '--executability',
    '--chmod=Dgo+rx',
    '--checksum',
    '--compress',
    '--secluded-args',
    '--timeout=60',
    `--rsh=ssh -F "${join(connection.folder, 'config')}"`,
    // Absolute: from a relative one rsync builds a changed file wrongly since its security fixes of 2026, and refuses it.
    ...(linkTo === '' ? [] : [`--link-dest=${posix.join(to, '..', linkTo)}`]),
    `${from}/`,
    `belay:${to}/`,
  ]
}

/** What to upload, and where. */
export interface Upload {
  readonly from: string
  readonly to: string
  /** Id of the release that equal files are linked to; empty for none. */
  readonly linkTo: string
  /** A file with the only paths to upload, which end with NUL. */
  readonly namesFile?: string
}

/** Uploads a folder. @throws Failure `disk-full`, `rsync-missing`, `unreachable`, `sessions-limited`, `upload-failed` */
export async function upload(connection: Connection, what: Upload, signal: AbortSignal): Promise<void> {
  const { from, to, linkTo, namesFile } = what
  const only = namesFile === undefined ? [] : [`--files-from=${namesFile}`, '--from0']
  await rsync(connection, [...only, ...rsyncArguments(connection, from, to, linkTo)], signal)
}

/** KiB that an upload would take beside an existing release: equal files are hard links. Changes nothing. */
export async function uploadKib(
  connection: Connection,
  from: string,
  beside: string,
  signal: AbortSignal,
): Promise<number> {
  const said = await rsync(
    connection,
    ['--dry-run', '--stats', ...rsyncArguments(connection, from, beside, '')],
    signal,
  )
  const number = (words: RegExp) => Number((words.exec(said)?.[1] ?? '').replaceAll(/\D/g, ''))
  const bytes = number(/^Total transferred file size: ([\d.,]+)/m)
  const blocks = number(/^Number of regular files transferred: ([\d.,]+)/m) + number(/\bdir: ([\d.,]+)/)
  return Math.ceil(bytes / 1024) + blocks * 4
}

/** Runs rsync and returns what it printed. @throws Failure as `upload` */
async function rsync(connection: Connection, args: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    const env = { ...childEnvironment(), LC_ALL: 'C' }
    const { status, output, errors } = await runBounded('rsync', args, { env, signal, keptCharacters: 4000 })
    if (status !== 0) throw uploadFailure(connection.target.name, status, errors)
    return output
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Failure('rsync-missing', 'rsync is not installed on the runner.', 'install rsync there.')
  }
}

/** The meaning and the remedy of rsync's exit status (rsync(1), EXIT VALUES). */
const exitMeanings: Record<number, readonly [meaning: string, remedy: string]> = {
  2: ['does not understand what the host sends', 'let no start-up file of the deploy user print anything.'],
  11: ['could not write a file on the host', 'check whether its disk is full or read-only.'],
  12: [
    'lost the rsync process of the host during the upload',
    'check whether something there ends processes (memory, a time limit), and that no start-up file of the deploy user prints anything.',
  ],
  23: [
    'could not send some files',
    'check that each file of source can be read on the runner, and that the deploy user may write to releases/ on the host.',
  ],
  24: [
    'missed files that disappeared from source during the upload',
    'let nothing write to source while this step runs.',
  ],
}

/** Lines of rsync and ssh themselves. All others come from a start-up file on the host, whatever they say. */
const ownLine = new RegExp(
  [
    '^(rsync|protocol version mismatch|file has vanished|ssh|client_loop|packet_write_wait|Timeout, server)\\b',
    '^(Connection (closed|reset|to \\S+ (closed|timed))|Read from remote host|kex_exchange_identification)\\b',
    '^(\\[(sender|receiver|generator)|Host key verification failed|\\S+: Permission denied \\()',
    '^ERROR: .* failed verification|\\brsync: |No such file or directory.*rsync',
  ].join('|'),
)

/** The failure of an upload. Pure. */
export function uploadFailure(host: string, status: number | null, allErrors: string): Failure {
  const refused = refusedSession(host, allErrors)
  if (refused) return refused
  const said = allErrors.split('\n').filter((line) => ownLine.test(line))
  const errors = said.join('\n')
  const why = said.find((line) => /^ERROR: |rsync(:| error:)/.test(line)) ?? said[0] ?? 'no message'
  if (/No space left|Disk quota exceeded/i.test(errors))
    return new Failure('disk-full', `${host}: the disk filled up during the upload.`, 'free some room there.')
  if (status === 127 || /rsync: (command )?not found|No such file or directory.*rsync/i.test(errors))
    return new Failure('rsync-missing', `${host}: rsync is not installed there.`, 'install rsync on the host.')
  const isBroken = /connection (unexpectedly )?closed|broken pipe|timeout/i.test(errors)
  if (status === 255 || status === 30 || status === 35 || (status === 12 && isBroken))
    return new Failure(
      'unreachable',
      `${host}: the connection broke during the upload (rsync ${status}: ${why}).`,
      'check whether the host is up.',
    )
  const [meaning, remedy] = exitMeanings[status ?? 0] ?? ['failed', 'read rsync(1), EXIT VALUES.']
  return new Failure('upload-failed', `${host}: rsync ${meaning} (exit status ${status}: ${why}).`, remedy)
}
