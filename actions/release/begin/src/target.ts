import type { InputReader } from '@belay/action-kit'

export const targets = ['ssh', 'render'] as const
/** Where a release goes: hosts that are reached over SSH, or services of Render. */
export type Target = (typeof targets)[number]

/** What each target cannot do without, and what stands for the missing one in the message. */
const needed: Record<Target, Record<string, string>> = {
  ssh: { hosts: 'the servers, a line each (for services on Render: target: render)', 'ssh-key': 'a private key' },
  render: { services: 'the names or ids of the services, a line each', 'render-api-key': 'an API key of Render' },
}

/** The inputs that mean something for one target only. */
export const own: Record<Target, readonly string[]> = {
  ssh: [
    ...['hosts', 'user', 'known-hosts', 'ssh-key', 'ssh-key-passphrase', 'path', 'shared', 'restart', 'check', 'slots'],
    ...['until', 'stop', 'activate', 'deactivate', 'driver', 'proxy', 'upstream', 'socket', 'backend', 'state-file'],
    ...[
      'weights',
      'hold',
      'retain',
      'database-url',
      'tool',
      'migrations',
      'migrate-command',
      'status-command',
      'phase',
    ],
    ...['survives', 'backup', 'backup-path', 'accept-risk', 'confirm-timeout', 'lock-timeout', 'keep-releases'],
    ...['artifact', 'source', 'registry-user', 'registry-token'],
  ],
  render: ['services', 'render-api-key', 'owner-id', 'env', 'checks', 'undo-disks', 'allow-older'],
}

/**
 * Reads the target, and what the inputs of the composite say of it: `given` names those that stand in the workflow,
 * `known` those that a variable of the environment may stand for. Variables of the other target are nobody's mistake:
 * several services may share an environment.
 */
export function readTarget(read: InputReader): Target {
  const target = read.choice('target', { default: 'ssh', of: targets })
  const given = new Set(read.text('given', { multiline: true }).split(/\s+/))
  const known = new Set(read.text('known', { multiline: true }).split(/\s+/))
  // Alone, without the composite around it, nothing is told of other inputs.
  if (read.text('given', { multiline: true }) === '') return target
  for (const [name, what] of Object.entries(needed[target]))
    if (!known.has(name)) read.mistake(name, 'is missing', `Give ${what}.`)
  const other = target === 'ssh' ? 'render' : 'ssh'
  for (const name of own[other].filter((one) => given.has(one)))
    read.mistake(name, `means nothing with target: ${target}`, hints[name] ?? `Leave it out, or give target: ${other}.`)
  return target
}

const hints: Readonly<Record<string, string>> = {
  slots: 'Leave it out: Render starts a new release beside the old one by itself.',
  'database-url': 'Leave it out, and let a step with migrate-db stand before this one.',
}
