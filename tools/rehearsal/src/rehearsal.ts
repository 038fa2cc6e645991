import type { Rehearsal } from './example.ts'
import type { Rehearsed } from './rehearse.ts'
import { rehearse } from './rehearse.ts'
import { checksFor } from './report/run-checks.ts'
import { notesOf, sentenceFor, titleOf, verificationLines } from './report/run-text.ts'
import type { Run } from './scenario.ts'
import type { System, Times } from './system.ts'
import type { Terminal } from './terminal.ts'

/** How a run comes to its servers. */
export interface Ways {
  readonly times: Times
  /** Starts what it needs besides. */
  begin?(terminal: Terminal): Promise<void>
  /** After `begin`. */
  system(): System
  /** Gets what was seen of a run. */
  ended?(rehearsed: Rehearsed): void
}

/** A run as the command shows it. */
export function rehearsalOf(run: Run, { times, begin, system, ended }: Ways): Rehearsal {
  return {
    environment: run.scenario.environment,
    title: titleOf(run),
    notes: notesOf(run, times),
    versions: { version: run.version, before: run.before },
    targets: () => system().targets(),
    ...(begin && { begin }),
    async run(terminal, onEvent) {
      const rehearsed = await rehearse(system(), run, { onEvent, ...watching(terminal, times) })
      ended?.(rehearsed)
      const { runResult, traffic, problems } = rehearsed
      return {
        sentence: sentenceFor(run, rehearsed),
        lines: verificationLines(run, rehearsed),
        checks: checksFor(run, rehearsed),
        clients: traffic,
        secrets: runResult.secrets,
        problems,
      }
    },
  }
}

function watching(terminal: Terminal, { confirm, forProxies }: Times) {
  const servers = forProxies ? `, servers behind proxies on other hosts ${forProxies} s later` : ''
  let waiting = ''
  return {
    onVerify(later: boolean) {
      terminal.status('inspecting what was released')
      if (later)
        terminal.line(`The runner is lost. Each host rolls back on its own ${confirm} s after it was armed${servers}.`)
    },
    onWait(places: readonly string[], seconds: number) {
      terminal.status(`${seconds.toFixed(0)} s: not as promised yet`)
      const names = places.join(', ')
      if (names === waiting || names === '') return
      waiting = names
      terminal.line(`${terminal.clock().padStart(8)}  not as promised yet: ${names}`)
    },
  }
}
