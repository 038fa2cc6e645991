import { type InputReader, releaseInputs } from '@belay/action-kit'
import type { GivenInputs } from './given-inputs.ts'

export const targets = ['ssh', 'render'] as const
/** Where a release goes: hosts that are reached over SSH, or services of Render. */
export type Target = (typeof targets)[number]

/** The inputs that each target requires, with the text that asks for a missing one. */
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
 * Reads the target. Refuses a missing input that it requires and an input that has no meaning for it. Variables of the
 * other target are allowed: several services may share an environment.
 */
export function readTarget(read: InputReader, given: GivenInputs): Target {
  const target = read.choice('target', { default: 'ssh', of: targets })
  // Outside the composite the other inputs are not known.
  if (!given.known) return target
  for (const [name, what] of Object.entries(needed[target]))
    if (!given.has(name)) read.issue(name, 'is missing', `Give ${what}.`)
  const other = target === 'ssh' ? 'render' : 'ssh'
  for (const name of ownInputs(other).filter((one) => given.inWorkflow(one)))
    read.issue(name, `has no meaning with target: ${target}`, hints[name] ?? `Leave it out, or give target: ${other}.`)
  return target
}

const hints: Readonly<Record<string, string>> = {
  slots: 'Leave it out: Render always starts a new release beside the old one.',
  'database-url': 'Leave it out, and run a step with migrate-db before this one.',
}
