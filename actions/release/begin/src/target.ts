import { type InputReader, releaseInputs } from '@belay/action-kit'
import type { GivenInputs } from './given-inputs.ts'

export const targets = ['ssh', 'render'] as const
/** Where a release goes: hosts that are reached over SSH, or services of Render. */
export type Target = (typeof targets)[number]

/** What each target cannot do without, and what stands for the missing one in the message. */
const needed: Record<Target, Record<string, string>> = {
  ssh: {
    hosts: 'the servers, a line each (for services on Render: target: render)',
    'known-hosts': 'the host keys of the servers, as ssh-keyscan prints them, compared with those at the console',
    'ssh-key': 'the private key of the deploy user, whole',
  },
  render: { services: 'the names or ids of the services, a line each', 'render-api-key': 'an API key of Render' },
}

/** The inputs that mean something for one target only. */
export function ownInputs(target: Target): readonly string[] {
  return Object.values(releaseInputs).flatMap((kind) => [...kind[target]])
}

/**
 * Reads the target, and refuses what its release cannot do without and what means nothing for it. Variables of the
 * other target are nobody's mistake: several services may share an environment.
 */
export function readTarget(read: InputReader, given: GivenInputs): Target {
  const target = read.choice('target', { default: 'ssh', of: targets })
  // Alone, without the composite around it, nothing is known of other inputs.
  if (!given.known) return target
  for (const [name, what] of Object.entries(needed[target]))
    if (!given.has(name)) read.issue(name, 'is missing', `Give ${what}.`)
  const other = target === 'ssh' ? 'render' : 'ssh'
  for (const name of ownInputs(other).filter((one) => given.inWorkflow(one)))
    read.issue(name, `means nothing with target: ${target}`, hints[name] ?? `Leave it out, or give target: ${other}.`)
  return target
}

const hints: Readonly<Record<string, string>> = {
  slots: 'Leave it out: Render starts a new release beside the old one by itself.',
  'database-url': 'Leave it out, and let a step with migrate-db stand before this one.',
}
