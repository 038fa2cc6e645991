import { randomBytes } from 'node:crypto'
import type { DerivedStep } from '@belay/workflow-runner'

/** What secrets are made up from, by the input that gets them. */
export interface MadeFrom {
  readonly sshKey: string
  readonly slackToken: string
  readonly databaseUrl: string | undefined
}

/** A value for every secret that the steps name. A real one is never asked for. */
export function madeUpSecrets(steps: readonly DerivedStep[], from: MadeFrom): Record<string, string> {
  const byInput: Readonly<Record<string, string | undefined>> = {
    'ssh-key': from.sshKey,
    'slack-token': from.slackToken,
    token: from.slackToken,
    'database-url': from.databaseUrl,
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

/** Whether a step gets a secret as that input. */
export function getsSecret(steps: readonly DerivedStep[], input: string): boolean {
  return steps.some(({ inputs }) => inputs[input]?.startsWith('<secret:'))
}

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
