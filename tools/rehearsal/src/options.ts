import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Example, HostKind } from './example.ts'
import { examples } from './examples.ts'
import { type Disruption, faultFlags } from './fault.ts'
import type { RepositoryOptions } from './repository/repository.ts'
import { Usage } from './usage.ts'

export interface Options extends Disruption {
  readonly help: boolean
  /** A repository of the user's own, instead of the example. */
  readonly own: RepositoryOptions | undefined
  readonly verbose: boolean
  /** The file of the page with all that was seen; undefined: none is written. */
  readonly report: string | undefined
  /** Everything that is missing may be installed, a Docker engine too. */
  readonly install: boolean
  readonly example: Example
  readonly hosts: HostKind
  /** Undefined: all, one after the other, or the one whose workflow has the step of the fault. */
  readonly environment: string | undefined
  /** The fault is injected into the first release, onto empty hosts. */
  readonly first: boolean
}

export const help = `npm run rehearse -- [--example NAME | --repository DIR [--workflow FILE] [--vars FILE]] [--environment NAME] [FAULT STEP | --external-failure NAME] [--first] [--hosts KIND] [--install] [--verbose] [--report FILE]

Runs the workflows of an example on this machine, with the real bundles, a local Slack and a local GitHub. It releases
v1 as the first release, then v2. Then it asks from outside what is served and compares that with what
docs/decisions/transaction.md promises. Exit status: 0 as promised, 1 not as promised, 2 not started.

As root it says which small programs are missing (sshd, rsync, nginx, PostgreSQL, …) and installs them. The Docker engine
that --example compose, --hosts systemd and --repository need is installed only with --install, or after a yes at a
terminal.

${examples.map(({ name, help }) => `  --example ${name}\n${help.replaceAll(/^/gm, '    ')}`).join('\n')}

  --repository DIR     your own repository: its workflows, as they stand, release to throwaway servers that have the names
                       of yours: with systemd, or with a Docker and a registry for Docker Compose. No real secret is
                       asked for, and a release reaches nothing else. First the working tree is released, then the same
                       code under another commit, then \`previous\` where the workflow can.
                       What cannot be rehearsed is said first, with the line that helps.
    --workflow FILE    such as qa.yml; default: all that a push starts and that release something
    --environment NAME only what is released to that environment
    --vars FILE        variables: what \`gh variable list --env qa --json name,value\` prints, or {"qa": {"BELAY_HOSTS": "…"}}

  --break STEP         reports the step's main as failed after it succeeded
  --cancel STEP        cancels the job while the step runs
  --kill STEP          kills the step's process (kill -9)
  --lose-runner STEP   kills all processes of the runner; nothing runs afterwards, not even a post step
                       STEP is job/step/nested, as in --kill release/worker/deploy-ssh; a wrong one lists all.
                       v1 is released without a fault, then v2 with it.
  --external-failure NAME
                       injects an external failure: something else than Belay fails; a wrong name lists all
  --first              injects the fault into v1 instead, the first release
  --install            installs what is missing without a question, a Docker engine too
  --verbose            prints all logs of all steps
  --report FILE        writes a page (HTML) with all that was seen: what served when, users, steps, promises, Slack, logs
`

/** @throws Usage */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args)
  const own = ownOf(values)
  const faults = Object.entries(faultFlags).flatMap(([flag, kind]) => {
    const step = values[flag]
    return typeof step === 'string' ? [{ kind, step: step.replace(/\/+$/, '') }] : []
  })
  const example = exampleNamed(String(values.example ?? examples[0].name))
  const externalFailure = externalFailureOf(example, values['external-failure'])
  if (faults.length + (externalFailure ? 1 : 0) > 1)
    throw new Usage('Give only one fault: a second one would hide the effect of the first.')
  const [fault] = faults
  const environment = own ? own.environment : environmentOf(example, values.environment)
  const hosts = hostsOf(example, values.hosts)
  if (values.first && !fault && !externalFailure)
    throw new Usage('--first needs a fault to inject. How to fix: add one, such as --kill STEP, or leave --first out.')
  const given = (flag: string) => values[flag] === true
  const flags = { help: given('help'), verbose: given('verbose'), install: given('install'), first: given('first') }
  const report = reportOf(values.report)
  return { ...flags, report, own, example, hosts, environment, fault, externalFailure }
}

/** @throws Usage if no file can be written there: better now than after minutes */
function reportOf(file: unknown): string | undefined {
  if (typeof file !== 'string') return undefined
  const path = resolve(file)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  if (file === '' || isFolder) throw new Usage(`--report must be a file, not ${file || 'empty'}.`)
  if (!existsSync(dirname(path))) throw new Usage(`--report ${file}: there is no folder ${dirname(path)}.`)
  return path
}

/** @throws Usage if flags of an example and of an own repository are mixed */
function ownOf(values: ReturnType<typeof parse>): RepositoryOptions | undefined {
  const text = (flag: string) => (typeof values[flag] === 'string' ? String(values[flag]) : undefined)
  const repository = text('repository')
  if (repository === undefined) {
    const alone = ['workflow', 'vars'].find((flag) => values[flag] !== undefined)
    if (alone) throw new Usage(`--${alone} needs --repository DIR.`)
    return undefined
  }
  const other = ['example', 'external-failure', 'hosts'].find((flag) => values[flag] !== undefined)
  if (other) throw new Usage(`--${other} is for examples. How to fix: leave it or --repository out.`)
  return { repository, workflow: text('workflow'), environment: text('environment'), vars: text('vars') }
}

/** @throws Usage */
export function exampleNamed(name: string): Example {
  const example = examples.find((one) => one.name === name)
  if (example) return example
  throw new Usage(`--example must be ${oneOf(examples.map((one) => one.name))}, not ${name}.`)
}

/** @throws Usage */
export function environmentOf({ environments }: Example, name: unknown): string | undefined {
  if (name === undefined) return undefined
  const environment = environments.find((one) => one === name)
  if (environment) return environment
  throw new Usage(`--environment must be ${oneOf(environments)}, not ${name}.`)
}

function externalFailureOf({ name, externalFailures = [] }: Example, externalFailure: unknown): string | undefined {
  if (externalFailure === undefined) return undefined
  const found = externalFailures.find((one) => one === externalFailure)
  if (found) return found
  if (externalFailures.length === 0)
    throw new Usage(`--example ${name} has no external failures. How to fix: leave --external-failure out.`)
  throw new Usage(`--external-failure must be ${oneOf(externalFailures)}, not ${externalFailure}.`)
}

function hostsOf({ name, hosts }: Example, kind: unknown): HostKind {
  if (kind === undefined) return 'namespaces'
  if (!hosts) throw new Usage(`--example ${name} has no choice of hosts. How to fix: leave --hosts out.`)
  const found = hosts.find((one) => one === kind)
  if (found) return found
  throw new Usage(`--hosts must be ${oneOf(hosts)}, not ${kind}.`)
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
        example: { type: 'string' },
        repository: { type: 'string' },
        workflow: { type: 'string' },
        vars: { type: 'string' },
        break: { type: 'string' },
        cancel: { type: 'string' },
        kill: { type: 'string' },
        'lose-runner': { type: 'string' },
        'external-failure': { type: 'string' },
        environment: { type: 'string' },
        first: { type: 'boolean' },
        hosts: { type: 'string' },
        install: { type: 'boolean' },
        verbose: { type: 'boolean' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}
