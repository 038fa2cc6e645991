import { type InputReader, releaseInputs } from '@belay/action-kit'
import type { GivenInputs } from './given-inputs.ts'

export const targets = ['ssh', 'render', 'kubernetes'] as const
/** Where a release goes: hosts that are reached over SSH, services of Render, or a namespace of a cluster. */
export type Target = (typeof targets)[number]

/** The inputs that each target requires, with the text that asks for a missing one. */
const needed: Record<Target, Record<string, string>> = {
  ssh: {
    hosts: 'the servers, a line each (for services on Render: target: render; in a cluster: target: kubernetes)',
    'known-hosts': 'the host keys of the servers, as ssh-keyscan prints them, compared with those at the console',
    'ssh-key': 'the private key of the deploy user, whole',
  },
  render: { services: 'the names or ids of the services, a line each', 'render-api-key': 'an API key of Render' },
  kubernetes: { namespace: 'the namespace to release to' },
}

/** The inputs that mean something for a target, and not for all. */
export function ownInputs(target: Target): readonly string[] {
  return Object.values(releaseInputs).flatMap((kind) => [...kind[target]])
}

/**
 * Reads the target. Refuses a missing input that it requires and an input that has no meaning for it. Variables of the
 * other targets are allowed: several services may share an environment.
 */
export function readTarget(read: InputReader, given: GivenInputs): Target {
  const target = read.choice('target', { default: 'ssh', of: targets })
  // Outside the composite the other inputs are not known.
  if (!given.known) return target
  for (const [name, what] of Object.entries(needed[target]))
    if (!given.has(name)) read.issue(name, 'is missing', `Give ${what}.`)
  if (target === 'kubernetes' && !['manifests', 'chart', 'image'].some((name) => given.has(name)))
    read.issue(
      'manifests',
      'is missing, and chart and image too',
      'Give the files of the objects, a chart, or an image.',
    )
  for (const [name, owners] of othersOf(target))
    if (given.inWorkflow(name))
      read.issue(
        name,
        `has no meaning with target: ${target}`,
        hints[target]?.[name] ?? `Leave it out, or give target: ${owners.join(' or ')}.`,
      )
  return target
}

/** The inputs that mean nothing for a target, each with the targets that it is for. */
function othersOf(target: Target): ReadonlyMap<string, readonly Target[]> {
  const own = ownInputs(target)
  const pairs = targets.flatMap((other) => ownInputs(other).map((name) => ({ name, other })))
  const foreign = Map.groupBy(
    pairs.filter(({ name }) => !own.includes(name)),
    ({ name }) => name,
  )
  return new Map([...foreign].map(([name, found]) => [name, found.map(({ other }) => other)]))
}

const migrateBefore = 'Leave it out, and run a step with migrate-db before this one.'
const hints: Readonly<Partial<Record<Target, Readonly<Record<string, string>>>>> = {
  render: {
    slots: 'Leave it out: Render always starts a new release beside the old one.',
    'database-url': migrateBefore,
  },
  kubernetes: {
    'database-url': 'Leave it out, and give via: job:FILE, or run a step with migrate-db before this one.',
  },
}
