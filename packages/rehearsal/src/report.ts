import type { PlayResult } from './engine/index.ts'
import { confirmTimeout, type Rehearsal, type Rehearsed } from './rehearse.ts'
import { slackText } from './slack-text.ts'
import type { Stage } from './stage.ts'
import type { Terminal } from './terminal.ts'

/** Says what is played where, and what stands in for what. */
export function reportStage({ line }: Terminal, { kind, hosts }: Stage): void {
  const names = hosts.map(({ name, address }) => `${name} (${address})`).join(' and ')
  const what = {
    namespaces: 'namespaces of this machine, each with disks, users and an sshd of its own',
    systemd: "containers with systemd as init, sshd, and the example's own units",
  }[kind]
  line(`Hosts     ${names}: ${what}`)
  line("Stand-ins the engine stands in for GitHub's runner, for checkout and for the artifact actions,")
  line('          servers on this machine for Slack and for GitHub.')
  if (kind === 'namespaces')
    line('          These hosts have no systemd: the variable RESTART names a command (--hosts systemd: real units).')
}

export function reportRehearsal({ line, style }: Terminal, { version, old, fault }: Rehearsal): void {
  const over = old ? `over ${old.name}` : 'nothing there before'
  const struck = fault ? `, ${fault.kind === 'loseRunner' ? 'lose-runner' : fault.kind} at ${fault.step}` : ''
  line()
  line(style('bold', `${version.name} (${version.number}, ${version.sha.slice(0, 7)}): ${over}${struck}`))
  if (fault?.kind === 'loseRunner')
    line(`CONFIRM_TIMEOUT is ${confirmTimeout}s, so that nobody has to wait long for the hosts' return.`)
}

/** Says what was promised, what was seen, and whether it is the same. */
export function reportProof({ line, style }: Terminal, { expectation, proof, played, problems }: Rehearsed): void {
  line('Promised by docs/decisions/transaction.md')
  for (const { service, promised } of expectation.services) {
    const row = promised
      ? `${[promised.main, promised.decision, promised.confirm].filter(Boolean).join(' | ')} → ${promised.result}, ${promised.job}, hosts serve ${promised.serves}`
      : 'not reached: it stays as it was'
    line(`  ${service.name.padEnd(12)} ${row}`)
  }
  line(`Seen from outside: the run ended as ${played.conclusion}, its result is ${resultOf(played)}`)
  for (const { host, service, sha, current, locked } of proof.seen) {
    const served = sha === undefined ? 'nothing answers' : `answers ${sha.slice(0, 7)}`
    const live = current === undefined ? 'no current' : `current → ${current}`
    line(`  ${host.name} ${service.name.padEnd(12)} ${served}, ${live}, lock ${locked ? 'held' : 'free'}`)
  }
  if (expectation.later) line(`  ${proof.seconds.toFixed(0)} s after the end of the run`)
  line(problems.length === 0 ? style('green', '✓ as promised') : style('red', '✗ not as promised'))
  for (const problem of problems) line(style('red', `  - ${problem}`))
}

/** The job's result as a reader of the run finds it: a runner that vanished could not write one. */
export function resultOf({ conclusion, jobs }: PlayResult): string {
  return jobs.release?.outputs.result ?? (conclusion === 'lost' ? 'unknown' : 'none')
}

/** Shows the message as it stands in the channel at the end. */
export function reportSlack({ line, style }: Terminal, { slack }: Stage): void {
  const message = slack.messages().at(-1)
  line()
  if (!message) {
    line('Slack was told nothing.')
    return
  }
  line(`Slack, #${message.channelName}, ${message.earlier.length + 1} versions of one message; the last one:`)
  for (const text of slackText(message)) line(`  ${style('dim', '│')} ${text}`)
}

/** What hosts are called in the record and in logs, and what they are called here. */
export function hostNames({ hosts }: Stage): ReadonlyMap<string, string> {
  return new Map(hosts.map(({ target, name }) => [target, name]))
}
