import type { Check } from '../report/model.ts'
import { servedName, tagOf, type Version } from '../version.ts'

/** What was seen of a service with two slots on a host. */
interface SeenService {
  /** The ports in the proxy's file. */
  readonly routed: readonly string[]
  readonly slots: readonly { readonly port: string; readonly sha: string | undefined }[]
  readonly locked: readonly string[]
  readonly open: readonly string[]
}

/** Two slots beside what was promised for them. `known`: the versions that have a name. */
export function slotsCheck(
  what: string,
  { version, idleStopped }: { readonly version: Version | undefined; readonly idleStopped: boolean },
  { slots, routed, locked, open }: SeenService,
  known: readonly Version[],
  problems: readonly string[],
): Check {
  const each = slots.map(({ port, sha }) => {
    const traffic = routed.includes(port) ? ' with the traffic' : ''
    return `slot ${port}${traffic}: ${servedName([sha], known) ?? 'stopped'}`
  })
  const users = version ? `users get ${tagOf(version)}` : 'no slot answers'
  return {
    what,
    promised: `${users}${idleStopped ? ', the other slot is stopped' : ''}, locks free`,
    seen: [...each, `locks ${locked.length > 0 ? 'held' : 'free'}`, ...open.map((name) => `open: ${name}`)].join(', '),
    problems,
  }
}
