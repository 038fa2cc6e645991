import { randomBytes } from 'node:crypto'
import type { DerivedStep } from '@belay/workflow-runner'
import { allInputs } from './facts.ts'

/** What secrets are made up from, by the input that gets them. */
export interface MadeFrom {
  readonly sshKey: string
  readonly slackToken: string
  /** Of the registry; undefined: there is none. */
  readonly registryPassword?: string | undefined
  /** Without one, as where nothing is migrated, the secret is empty: as if it were not set. */
  readonly databaseUrl: string | undefined
}

/** A value for every secret that the steps name. A real one is never asked for. */
export function madeUpSecrets(steps: readonly DerivedStep[], from: MadeFrom): Record<string, string> {
  const byInput: Readonly<Record<string, string | undefined>> = {
    'ssh-key': from.sshKey,
    'slack-token': from.slackToken,
    token: from.slackToken,
    'registry-token': from.registryPassword,
    password: from.registryPassword,
    'database-url': from.databaseUrl ?? '',
  }
  const named = steps.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([input, value]) => {
      const [, name] = /^<secret:(\w+)>$/.exec(value) ?? []
      return name ? [[name, byInput[input]] as const] : []
    }),
  )
  const known = new Map(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const all = [...new Set([...named.map(([name]) => name), ...secretNames(steps)])]
  return Object.fromEntries(all.map((name) => [name, known.get(name) ?? `made-up-${randomBytes(9).toString('hex')}`]))
}

/**
 * Whether steps migrate a database: one gets its URL as a secret, and there is something to migrate. Copied workflows name the
 * secret also for services without a database, where it is not set. `files`: of the repository.
 */
export function migrates(steps: readonly Pick<DerivedStep, 'action' | 'inputs'>[], files: readonly string[]): boolean {
  return steps
    .filter((step) => getsSecret([step], 'database-url'))
    .some((step) => {
      const { migrations, tool } = allInputs(step)
      return step.action !== 'actions/release' || migrations || tool || files.some((path) => isMigration.test(path))
    })
}

/** Whether a step gets a secret as that input. */
export function getsSecret(steps: readonly Pick<DerivedStep, 'inputs'>[], input: string): boolean {
  return steps.some(({ inputs }) => inputs[input]?.startsWith('<secret:'))
}

/** Where `migrate-db` looks by default. */
const isMigration = /^(?:db\/)?migrations\//

/** Also those within a longer text. */
function secretNames(steps: readonly DerivedStep[]): string[] {
  const texts = steps.flatMap(({ inputs, written, env, run = '' }) => [
    ...Object.values(inputs),
    ...Object.values(written),
    ...Object.values(env),
    run,
  ])
  return texts.flatMap((text) => [...text.matchAll(/(?:secrets\.|<secret:)(\w+)/g)].map(([, name = '']) => name))
}
