import { parseArgs } from 'node:util'
import type { FaultName } from './engine/index.ts'

/** One fault, and the step that it strikes. */
export interface Fault {
  readonly kind: FaultName
  /** `job/step/nested` */
  readonly step: string
}

export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

export const hostKinds = ['namespaces', 'systemd'] as const
export type HostKind = (typeof hostKinds)[number]

export interface Options {
  readonly help: boolean
  readonly verbose: boolean
  readonly hosts: HostKind
  /** Undefined: both, one after the other, or the one in which the fault can strike. */
  readonly environment: Environment | undefined
  readonly fault: Fault | undefined
  /** The fault strikes the first release, where nothing was before. */
  readonly first: boolean
}

/** Wrong arguments; the message says what is wrong and what would be right. */
export class Usage extends Error {}

const faultFlags: Record<string, FaultName> = {
  break: 'break',
  cancel: 'cancel',
  kill: 'kill',
  'lose-runner': 'loseRunner',
}

/** What each fault does, in the words of the timeline. */
export const faultWords: Record<FaultName, string> = {
  break: 'reported as failed after its work ended well',
  cancel: 'the job was cancelled',
  kill: 'kill -9 of the action',
  loseRunner: 'the runner was lost: everything of it was killed, no post runs',
}

export const help = `npm run rehearse -- [--environment NAME] [FAULT STEP] [--first] [--hosts KIND] [--verbose]

Plays the workflows of examples/vps-systemd on this machine: the real bundles, two hosts of their own with a real sshd,
a local Slack, a local GitHub. First qa.yml: v1, where nothing was before, then v2. Then production.yml for the tags
v1.0.0 and v1.1.0, and for \`previous\`, with a real PostgreSQL, a real nginx on each host, and users who ask each host
200 times a second. Afterwards it asks the hosts from outside what they serve, and exits 0 only if that is what
docs/decisions/transaction.md promises and no user's request failed, 1 if not, 2 if it could not begin.

  --environment qa     only that; in production QA only builds what it is to have proven. A fault strikes where its
  --environment production   step is, so it needs no environment

  --break STEP         the step's main is reported as failed after its work
  --cancel STEP        the job is cancelled while the step is at work
  --kill STEP          kill -9 of the step's process
  --lose-runner STEP   everything of the runner is killed, and nothing runs after it, no post either
                       STEP is job/step/nested, as in --kill release/worker/deploy-ssh; a wrong one lists all.
                       v1 is released well, then the fault strikes v2.
  --first              the fault strikes v1 instead, where nothing was before
  --hosts namespaces   hosts are namespaces of this machine (the default)
  --hosts systemd      hosts are containers with systemd as init, the services real units; for QA only
  --verbose            all logs of all steps
`

/** @throws Usage */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args)
  const faults = Object.entries(faultFlags).flatMap(([flag, kind]) => {
    const step = values[flag]
    return typeof step === 'string' ? [{ kind, step: step.replace(/\/+$/, '') }] : []
  })
  if (faults.length > 1) throw new Usage('Give one fault: a second one would hide what the first one led to.')
  const hosts = hostKinds.find((kind) => kind === values.hosts)
  if (!hosts) throw new Usage(`--hosts is ${hostKinds.join(' or ')}, not ${values.hosts}.`)
  const [fault] = faults
  const environment = environments.find((name) => name === values.environment)
  if (values.environment !== undefined && !environment)
    throw new Usage(`--environment is ${environments.join(' or ')}, not ${values.environment}.`)
  if (hosts === 'systemd' && environment === 'production')
    throw new Usage('Production is rehearsed on --hosts namespaces only: leave one of the two out.')
  if (values.first && !fault) throw new Usage('--first says whom the fault strikes: it needs one, as --kill STEP.')
  const given = (flag: string) => values[flag] === true
  return { help: given('help'), verbose: given('verbose'), first: given('first'), hosts, environment, fault }
}

function parse(args: readonly string[]): Record<string, string | boolean | undefined> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        break: { type: 'string' },
        cancel: { type: 'string' },
        kill: { type: 'string' },
        'lose-runner': { type: 'string' },
        environment: { type: 'string' },
        first: { type: 'boolean' },
        hosts: { type: 'string', default: 'namespaces' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}
