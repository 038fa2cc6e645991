import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestHost } from './host.ts'

/** When a host stands still: a change of `base` has just logged a phase, or its transaction is about to get a state. */
export interface Moment {
  readonly kind: 'phase' | 'state'
  readonly word: string
  readonly base: string
  /** Which change: of the release, or of the traffic. */
  readonly change: 'release' | 'move'
}

/** The programs by which a release compares and changes something; before them it can be held. */
const programs = ['mv', 'readlink', 'tr', 'curl', 'socat', 'belay-test-restart']
/** The host's own disk; what lies elsewhere below /usr is the machine's. */
const own = { program: '/usr/local/bin/belay-test-restart', kept: '/usr/local/bin/.belay-test' }
const [hold, held] = ['/run/belay-test/hold', '/run/belay-test/held']

/** Lets the host be held once at a moment: the first program that the release then calls waits until `release`. Once for each host. */
export async function holdAt(host: TestHost, { kind, word, base, change }: Moment) {
  const text = await readFile(join(import.meta.dirname, 'hold-program.sh'), 'utf8')
  const parts = programs.map((program) => `${own.kept}/.${program}`)
  for (const part of parts) await host.write(part, text, 0o755)
  // Renamed into place: a shell must not read half of it.
  const put = 'install -t "$0" "$1"; shift; for part; do mv "$part" "/usr/local/bin/${part##*/.}"; done'
  await host.run(['sh', '-c', put, own.kept, own.program, ...parts], { user: 'root' })
  await host.write(hold, `${kind} ${word} ${base} ${change}\n`)
  return {
    isHeld: () => host.exists(held),
    /** Lets it go on. */
    release: async () => void (await host.run(['rm', '-f', hold, held], { user: 'root' })),
  }
}
