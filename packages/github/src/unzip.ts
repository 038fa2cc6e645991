import { childEnvironment, Failure, Interrupted, messageOf, runBounded } from '@belay/action-kit'

/** More than this fills the disk of a hosted runner, or takes too long. */
const limits = { entries: 200_000, bytes: 8 * 1024 ** 3, seconds: 600 }

/**
 * Unpacks a zip into a folder, after a check of its directory: every name once, not too many, not too large. unzip asks
 * no questions: its input is closed, and existing files are overwritten.
 * @param name the zip's name in messages
 * @throws Failure `artifact-unreadable`, `artifact-too-large`, `deadline`, `unzip-missing`
 */
export async function unzip(file: string, folder: string, name: string, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(limits.seconds * 1000)
  const run = (...args: string[]) => runUnzip(args, name, AbortSignal.any([signal, late]))
  try {
    assertFits(await run('-Z', '-t', file), name)
    assertNamesDiffer(await run('-Z', '-1', file), name)
    // A link inside could lead later files out of the folder: unzip (6.0) makes links last, and drops `..`.
    await run('-q', '-o', file, '-d', folder)
  } catch (error) {
    if (error instanceof Interrupted && !signal.aborted)
      throw new Failure('deadline', `The artifact ${name} was not unpacked within ${limits.seconds} s.`)
    if (error instanceof Failure) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Failure('unzip-missing', 'This runner has no unzip.', 'apt-get install unzip.')
    throw unreadable(name, `unzip could not be started: ${messageOf(error)}`)
  }
}

async function runUnzip(args: readonly string[], name: string, signal: AbortSignal): Promise<string> {
  // Names of 200,000 files.
  const options = { env: childEnvironment(), signal, keptCharacters: 100_000_000, whole: true }
  const { status, output, exceeded } = await runBounded('unzip', args, options)
  if (exceeded) throw unreadable(name, 'its list of names is too long')
  if (status !== 0) throw unreadable(name, describeStatus(status))
  return output
}

/** @param totals `3 files, 3 bytes uncompressed, 3 bytes compressed:  0.0%` */
function assertFits(totals: string, name: string): void {
  const [, entries, bytes] = /^(\d+) files?, (\d+) bytes uncompressed/m.exec(totals) ?? []
  if (entries === undefined || bytes === undefined) throw unreadable(name, 'its size cannot be read')
  if (Number(entries) <= limits.entries && Number(bytes) <= limits.bytes) return
  throw new Failure(
    'artifact-too-large',
    `The artifact ${name} has ${entries} files and ${bytes} bytes; at most ${limits.entries} files and ${limits.bytes} bytes are unpacked.`,
    'upload less, or one tar.',
  )
}

/** @param list a name a line; line breaks inside names are escaped */
function assertNamesDiffer(list: string, name: string): void {
  const names = list.trimEnd().split('\n')
  if (new Set(names).size < names.length)
    throw unreadable(name, 'it has a name twice, so it is not known which file is meant')
}

function unreadable(name: string, why: string): Failure {
  return new Failure(
    'artifact-unreadable',
    `The artifact ${name} could not be unpacked: ${why}.`,
    'check how the run that built it uploads it, then run that again.',
  )
}

/** The exit status of unzip, in words: its own output may hold names from the zip. */
function describeStatus(status: number | null): string {
  if (status === null) return 'unzip was killed'
  return exitReasons[status] ?? `unzip ended with status ${status}`
}

const exitReasons: Readonly<Record<number, string>> = {
  1: 'it holds no file, or names that unzip warns of (status 1)',
  2: 'it is damaged',
  3: 'it is damaged',
  9: 'it is not a zip file',
  50: 'the disk is full',
  51: 'it is cut off',
  81: 'it is encrypted, or packed in a way that unzip does not know',
  82: 'it is encrypted',
}
