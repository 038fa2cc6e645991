import type { TestHost } from '@belay/test-hosts'
import { Lacking } from '../machine.ts'
import { type HostSettings, settingsFile } from './settings.ts'

/** A server on which they run. `has`: what it has, for people. */
interface Runner {
  readonly host: Pick<TestHost, 'run'>
  readonly has: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs as root what `hosts.run` says. @throws Lacking with the first command that fails */
export async function runRootCommands({ host, has, env = {} }: Runner, { run }: HostSettings): Promise<void> {
  for (const command of run) {
    const options = { user: 'root', timeoutMs: 120_000, env: { ...env } } as const
    const { status, stdout, stderr } = await host.run(['sh', '-c', command], options)
    if (status !== 0) throw new Lacking(refusalOf(command, status, stderr.trim() || stdout.trim(), has))
  }
}

function refusalOf(command: string, status: number, said: string, has: string): string {
  const help = /\bapt(?:-get)?\b/.test(command)
    ? `the servers reach no network, so nothing can be downloaded there. Name Debian's packages in ${settingsFile} instead, such as hosts: { packages: [python3] }.`
    : `correct the command. It runs as root on each server, which ${has}, and reaches no network.`
  return `${settingsFile}: hosts.run: a command failed with status ${status}: ${command}\n${said}\nHow to fix: ${help}`
}
