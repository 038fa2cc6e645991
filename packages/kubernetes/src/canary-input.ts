import type { InputReader } from '@belay/action-kit'

/** What an input `canary` stands beside. */
export interface Beside {
  readonly command: string
  readonly hasManifests: boolean
  /** Inputs that are given and exclude a canary. */
  readonly conflicting: readonly string[]
}

/** How many pods a canary has, in percent of those that serve. Undefined where none is wanted. */
export function readCanary(read: InputReader, { command, hasManifests, conflicting }: Beside): number | undefined {
  const given = read.text('canary')
  if (given === '' || command === 'inspect') return undefined
  const [, digits] = /^(\d{1,3})%$/.exec(given) ?? []
  const percent = Number(digits)
  if (digits === undefined || percent < 1 || percent > 100)
    read.issue('canary', `is "${given}"`, 'Give a percentage of the pods, from 1% to 100%: 25%.')
  for (const name of conflicting) read.issue('canary', `is given together with ${name}`, 'Give only one of the two.')
  if (command === 'rollback')
    read.issue('canary', 'is given for a rollback', 'Leave it out: a rollback goes to all pods at once.')
  else if (!hasManifests && conflicting.length === 0)
    read.issue('canary', 'is given without manifests', 'Give the files of the objects too.')
  return percent
}
