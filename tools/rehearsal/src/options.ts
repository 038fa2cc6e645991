import { parseArgs } from 'node:util'
import { type Example, type HostKind, hostKinds } from './example.ts'
import { examples } from './examples.ts'
import { faultFlags, type Wrong } from './fault.ts'

export interface Options extends Wrong {
  readonly help: boolean
  readonly verbose: boolean
  /** Whatever is missing may be installed, a Docker engine too. */
  readonly install: boolean
  readonly example: Example
  readonly hosts: HostKind
  /** Undefined: all, one after the other, or the one in which the fault can strike. */
  readonly environment: string | undefined
  /** The fault strikes the first release, where nothing was before. */
  readonly first: boolean
}

/** Wrong arguments; the message says what is wrong and what would be right. */
export class Usage extends Error {}

export const help = `npm run rehearse -- [--example NAME] [--environment NAME] [FAULT STEP | --trouble NAME] [--first] [--hosts KIND] [--install] [--verbose]

Plays the workflows of an example on this machine, with the real bundles, a local Slack and a local GitHub: v1, where
nothing was before, then v2. Afterwards it asks from outside what is served, and exits 0 only if that is what
docs/decisions/transaction.md promises, 1 if not, 2 if it could not begin.

As root it installs the few programs that are missing (sshd, rsync, nginx, PostgreSQL, …), after saying so. A Docker
engine, which --example compose and --hosts systemd need, takes --install, or a yes at a terminal.

${examples.map(({ name, help }) => `  --example ${name}\n${help.replaceAll(/^/gm, '    ')}`).join('\n')}

  --break STEP         the step's main is reported as failed after its work
  --cancel STEP        the job is cancelled while the step is at work
  --kill STEP          kill -9 of the step's process
  --lose-runner STEP   everything of the runner is killed, and nothing runs after it, no post either
                       STEP is job/step/nested, as in --kill release/worker/deploy-ssh; a wrong one lists all.
                       v1 is released well, then the fault strikes v2.
  --trouble NAME       something goes wrong that Belay only meets; a wrong name lists what the example has
  --first              the fault strikes v1 instead, where nothing was before
  --install            what is missing may be installed without a question, a Docker engine too
  --verbose            all logs of all steps
`

/** @throws Usage */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args)
  const faults = Object.entries(faultFlags).flatMap(([flag, kind]) => {
    const step = values[flag]
    return typeof step === 'string' ? [{ kind, step: step.replace(/\/+$/, '') }] : []
  })
  const example = exampleNamed(String(values.example))
  const trouble = troubleOf(example, values.trouble)
  if (faults.length + (trouble ? 1 : 0) > 1)
    throw new Usage('Give one fault: a second one would hide what the first one led to.')
  const [fault] = faults
  const environment = environmentOf(example, values.environment)
  const hosts = hostsOf(example, values.hosts)
  if (environment && !environmentsOn(example, hosts).includes(environment))
    throw new Usage(`--environment ${environment} is not rehearsed on --hosts ${hosts}: leave one of the two out.`)
  if (values.first && !fault && !trouble)
    throw new Usage('--first says whom the fault strikes: it needs one, as --kill STEP.')
  const given = (flag: string) => values[flag] === true
  const flags = { help: given('help'), verbose: given('verbose'), install: given('install'), first: given('first') }
  return { ...flags, example, hosts, environment, fault, trouble }
}

/** @throws Usage */
export function exampleNamed(name: string): Example {
  const example = examples.find((one) => one.name === name)
  if (example) return example
  throw new Usage(`--example is ${oneOf(examples.map((one) => one.name))}, not ${name}.`)
}

/** @throws Usage */
export function environmentOf({ environments }: Example, name: unknown): string | undefined {
  if (name === undefined) return undefined
  const environment = environments.find((one) => one === name)
  if (environment) return environment
  throw new Usage(`--environment is ${oneOf(environments)}, not ${name}.`)
}

/** The environments that are rehearsed on hosts of a kind. */
export function environmentsOn({ environments, hosts }: Example, kind: HostKind): readonly string[] {
  return hosts?.[kind] ?? environments
}

function troubleOf({ name, troubles = [] }: Example, trouble: unknown): string | undefined {
  if (trouble === undefined) return undefined
  const found = troubles.find((one) => one === trouble)
  if (found) return found
  if (troubles.length === 0) throw new Usage(`--example ${name} knows no --trouble: leave it out.`)
  throw new Usage(`--trouble is ${oneOf(troubles)}, not ${trouble}.`)
}

function hostsOf({ name, hosts }: Example, kind: unknown): HostKind {
  if (kind === undefined) return 'namespaces'
  if (!hosts) throw new Usage(`--example ${name} has no hosts to choose: leave --hosts out.`)
  const found = hostKinds.find((one) => one === kind)
  if (found) return found
  throw new Usage(`--hosts is ${oneOf(hostKinds)}, not ${kind}.`)
}

/** `qa or production` */
function oneOf(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join()
}

function parse(args: readonly string[]): Record<string, string | boolean | undefined> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        example: { type: 'string', default: examples[0].name },
        break: { type: 'string' },
        cancel: { type: 'string' },
        kill: { type: 'string' },
        'lose-runner': { type: 'string' },
        trouble: { type: 'string' },
        environment: { type: 'string' },
        first: { type: 'boolean' },
        hosts: { type: 'string' },
        install: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}
