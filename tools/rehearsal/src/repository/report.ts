import { disruptionText } from '../fault.ts'
import { sentenceOf } from '../sentence.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
import { resultOf } from './expectation.ts'
import type { Unit } from './facts.ts'
import type { SeenUnit } from './inspect.ts'
import type { Lab } from './lab.ts'
import { confirmTimeout, type Rehearsed, type Run } from './run.ts'
import type { Versions } from './versions.ts'

/** What is rehearsed, on what, and what is not. */
export function openingLines({ servers, secrets }: Lab, versions: Versions, units: readonly Unit[]): string[] {
  const changed = versions.changed > 0 ? ` and ${versions.changed} changed files` : ''
  const names = Object.keys(secrets).filter((name) => name !== 'GITHUB_TOKEN')
  const madeUp = names.filter((name) => secrets[name] !== '')
  const empty = names.filter((name) => secrets[name] === '')
  return [
    `Code      ${versions.base.slice(0, 7)}${changed}, as ${tagOf(versions.first)} and, without a change, as ${tagOf(versions.second)}`,
    ...units.map(
      ({ workflow, environment, service, restart, hosts }) =>
        `Release   ${workflow}: ${service} to ${environment}, ${restart}, on ${hosts.map(({ address }) => address).join(', ')}`,
    ),
    ...servers.map(({ name, host }) => `Server    ${name} is ${host.address} here, a container with systemd and sshd`),
    'Network   A release reaches these servers and nothing else. Builds have the network of this machine.',
    ...(madeUp.length > 0 ? [`Secrets   ${madeUp.join(', ')}: made up`] : []),
    ...(empty.length > 0
      ? [`Secrets   ${empty.join(', ')}: not set, as there is no folder migrations or db/migrations`]
      : []),
    "Fakes     The workflow runner replaces GitHub's runner, checkout, artifacts, caches and setup actions;",
    '          local servers replace Slack and GitHub.',
    'Not here  approvals, concurrency, rules of the organisation, DNS, firewalls, your data, and a change of code.',
  ]
}

export function titleOf({ workflow, version, old, back, fault }: Run): string {
  const name = back ? 'previous' : tagOf(version)
  const over = old ? `over ${tagOf(old)}` : 'first release'
  return `${workflow.file}: ${name} (${version.sha.slice(0, 7)}): ${over}${disruptionText({ fault })}`
}

/** How a run with a fault differs from a user's run. */
export function notesOf({ fault }: Run): string[] {
  return fault?.kind === 'loseRunner'
    ? [`BELAY_CONFIRM_TIMEOUT is ${confirmTimeout}s, so that the servers roll back soon.`]
    : []
}

/** What was promised and what was seen. */
export function verificationLines(run: Run, { expected, runResult, seen, traffic }: Rehearsed): string[] {
  const promised = expected.map(({ unit, rows }) => {
    const [row] = rows
    const text = row
      ? `${rows.map(({ main }) => main).join(', or ')} | ${row.decision} → ${rows.map(({ result }) => result).join(' or ')}, ${row.job}, hosts serve ${row.serves}`
      : 'not reached: it stays unchanged'
    return `  ${unit.service.padEnd(12)} ${text}`
  })
  const results = [...new Set(run.units.map(({ job }) => job))].map((job) => {
    const found = runResult.jobs[job]
    return `  ${job}: ${found?.conclusion ?? 'did not run'}, result ${found?.conclusion === 'lost' ? 'unknown' : resultOf(found)}`
  })
  return [
    'Promised by docs/decisions/transaction.md',
    ...promised,
    `Seen from outside: the run ended as ${runResult.conclusion}`,
    ...results,
    ...seen.flatMap((one) => seenLines(one, run)),
    ...traffic.map(({ url, report }) => `  ${reportText(url, report)}`),
  ]
}

function seenLines({ unit, servers, answers }: SeenUnit, { version, old }: Run): string[] {
  const nameOf = (commit: string) =>
    [version, old].find((one) => one?.sha.startsWith(commit.slice(0, 12)))?.number ?? commit.slice(0, 7)
  return [
    ...servers.map(({ server, release, locked }) => {
      const current = release ? `current → ${nameOf(release)}` : 'no current'
      return `  ${server} ${unit.service.padEnd(12)} ${current}, lock ${locked ? 'held' : 'free'}`
    }),
    ...answers.map(({ url, text, version: reported }) => `  ${url} ${reported ? `reports ${nameOf(reported)}` : text}`),
  ]
}

/** What happened, in a sentence. */
export function sentenceFor(run: Run, { expected, seen, traffic, seconds }: Rehearsed): string {
  const { version, old, back, fault, workflow } = run
  const known = old ? [version, old] : [version]
  const sentence = sentenceOf({
    version: tagOf(version),
    back,
    fault,
    restarts: true,
    services: seen.map(({ unit, servers }) => ({
      name: unit.service,
      before: old && tagOf(old),
      after: servedName(
        servers.map(({ release }) => known.find(({ sha }) => release && sha.startsWith(release))?.sha ?? release),
        known,
      ),
    })),
    traffic: traffic.map(({ unit, report }) => ({ service: unit.service, report })),
    laterSeconds: expected.some(({ later }) => later) ? seconds : undefined,
  })
  return `${workflow.file}: ${sentence}`
}
