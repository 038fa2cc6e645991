import { type Answer, readAnswer, readSaid, type Says } from './answer.ts'
import { type CallOptions, callHost } from './call-host.ts'
import type { Connection } from './connection.ts'
import { encode } from './encode.ts'
import type { HostScript } from './host-script.ts'
import type { sharedCommands } from './protocol.ts'
import type { Command, Commands } from './protocol-types.ts'
import { number, type Said, shellName, spokenName, type Values } from './values.ts'

/** The commands of a script: the shared ones, and those of its action. */
type CommandsOf<Own extends Commands> = typeof sharedCommands & Own

export interface CommandOptions<C extends Command> extends Omit<CallOptions, 'onLine'> {
  /** Called at once for each line with one of these words, while the script still runs. */
  readonly onLine?: { readonly [W in keyof Says<C>]?: (said: Said<Says<C>[W]>) => void }
}

/**
 * Runs one command of a host script over an open connection, by the protocol: names, values and words are those of
 * protocol.ts. A command that changes something has the protocol's number with it.
 * @throws Failure as `callHost` does
 */
export async function runCommand<Own extends Commands, N extends keyof CommandsOf<Own> & string>(
  connection: Connection,
  script: HostScript<Own>,
  name: N,
  values: Values<CommandsOf<Own>[N]['in']>,
  options: CommandOptions<CommandsOf<Own>[N]>,
): Promise<Answer<CommandsOf<Own>[N]>> {
  const { onLine = {}, ...call } = options
  const command: CommandsOf<Own>[N] & Command = script.commands[name]
  const version = command.changes ? encode('b_', { protocol: number }, { protocol: script.protocol }) : ''
  const listeners = new Map(Object.entries(onLine).map(([word, listen]) => [spokenName(word), { word, listen }]))
  const reply = await callHost(connection, script, shellName(name), `${version}${encode('b_', command.in, values)}`, {
    ...call,
    onLine(said, text) {
      const heard = listeners.get(said)
      if (heard) (heard.listen as (said: unknown) => void)(readSaid(command, heard.word, text))
    },
  })
  return readAnswer(command, reply)
}
