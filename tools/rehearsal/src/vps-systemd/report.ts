import type { WorkflowRunResult } from '@belay/workflow-runner'
import { disruptionText } from '../fault.ts'
import { sentenceOf } from '../sentence.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
import type { Lab } from './lab.ts'
import { confirmTimeout, type Rehearsed, type Release } from './rehearse.ts'

/** Which servers run where, and what is faked. */
export function labLines({ kind, hosts }: Lab): string[] {
  const names = hosts.map(({ name, address }) => `${name} (${address})`).join(' and ')
  const what = {
    namespaces: 'namespaces of this machine, each with disks, users and an sshd of its own',
    systemd: "containers with systemd as init, sshd, and the example's own units",
  }[kind]
  const restart =
    '          These hosts have no systemd: the variable BELAY_RESTART names a command (--hosts systemd: real units).'
  return [
    `Hosts     ${names}: ${what}`,
    "Fakes     The workflow runner is here in place of GitHub's; it replaces actions/checkout, upload-artifact and",
    '          download-artifact. Local servers replace Slack and GitHub.',
    ...(kind === 'namespaces' ? [restart] : []),
  ]
}

export function titleOf({ version, old, fault }: Release): string {
  const over = old ? `over ${old.name}` : 'first release'
  return `${version.name} (${version.number}, ${version.sha.slice(0, 7)}): ${over}${disruptionText({ fault })}`
}

/** How a run with a fault differs from a user's run. */
export function notesOf({ fault }: Pick<Release, 'fault'>): string[] {
  return fault?.kind === 'loseRunner'
    ? [`BELAY_CONFIRM_TIMEOUT is ${confirmTimeout}s, so that the hosts roll back soon.`]
    : []
}

/** What was promised and what was seen. */
export function verificationLines({ expectation, verification, runResult, trafficReports }: Rehearsed): string[] {
  const promised = expectation.services.map(({ service, promised }) => {
    const row = promised
      ? `${[promised.main, promised.decision, promised.confirm].filter(Boolean).join(' | ')} → ${promised.result}, ${promised.job}, hosts serve ${promised.serves}`
      : 'not reached: it stays unchanged'
    return `  ${service.name.padEnd(12)} ${row}`
  })
  const seen = verification.seen.map(({ host, service, sha, current, locked }) => {
    const served = sha === undefined ? 'nothing answers' : `answers ${sha.slice(0, 7)}`
    const live = current === undefined ? 'no current' : `current → ${current}`
    return `  ${host.name} ${service.name.padEnd(12)} ${served}, ${live}, lock ${locked ? 'held' : 'free'}`
  })
  return [
    'Promised by docs/decisions/transaction.md',
    ...promised,
    `Seen from outside: the run ended as ${runResult.conclusion}, its result is ${resultOf(runResult)}`,
    ...seen,
    ...trafficReports.map(({ host, service, report }) => `  ${reportText(`${service.name} on ${host.name}`, report)}`),
    ...(expectation.later ? [`  ${verification.seconds.toFixed(0)} s after the end of the run`] : []),
  ]
}

/** The job's result as a reader of the run finds it: a lost runner could not write one. */
export function resultOf({ conclusion, jobs }: WorkflowRunResult): string {
  return jobs.release?.outputs.result ?? (conclusion === 'lost' ? 'unknown' : 'none')
}

/** What happened, in a sentence. */
export function qaSentence(release: Release, { expectation, verification, trafficReports }: Rehearsed): string {
  const { version, old, fault } = release
  return sentenceOf({
    version: tagOf(version),
    back: false,
    fault,
    restarts: true,
    services: expectation.services.map(({ service }) => ({
      name: service.name,
      before: old && tagOf(old),
      after: servedName(
        verification.seen.filter((seen) => seen.service === service).map(({ sha }) => sha),
        old ? [version, old] : [version],
      ),
    })),
    traffic: trafficReports.map(({ service, report }) => ({ service: service.name, report })),
    laterSeconds: expectation.later ? verification.seconds : undefined,
  })
}

/** The names of hosts here, by their addresses. */
export function hostNames({ hosts }: Lab): ReadonlyMap<string, string> {
  return new Map(hosts.flatMap(({ target, address, name }) => [target, address].map((each) => [each, name] as const)))
}
