import { childEnvironment } from '@belay/action-kit'
import { type Connection, connectionArguments } from './connection.ts'
import type { HostTarget } from './target.ts'

/** The runner itself as a host: the same host script, by the same standard input, without ssh. */
export const localTarget: HostTarget = { user: '', address: 'local', port: 0, name: 'local' }

/** No address of a host that ssh could reach has port 0. */
export function isLocal({ address, port }: Pick<HostTarget, 'address' | 'port'>): boolean {
  return address === localTarget.address && port === localTarget.port
}

/** The command that runs a host script there: program, arguments, environment. */
export function hostShell(connection: Connection): { program: string; args: string[]; env: NodeJS.ProcessEnv } {
  if (!isLocal(connection.target))
    return { program: 'ssh', args: [...connectionArguments(connection), 'exec sh -s'], env: childEnvironment() }
  // At the end of a job the runner kills every process that has this variable (docs/research/runner.md#cancelling): also
  // the one that runs the confirm timeout.
  const { RUNNER_TRACKING_ID: _, ...env } = childEnvironment()
  return { program: 'sh', args: ['-s'], env }
}
