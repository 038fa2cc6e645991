import { disruptionText } from '../fault.ts'
import { sentenceOf } from '../sentence.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
import type { ProductionLab } from './production.ts'
import type { ProductionRun } from './production-expectation.ts'
import { nameOf, type ProductionRehearsed } from './rehearse-production.ts'
import { services } from './services.ts'
import type { SeenSlots } from './slots.ts'

/** What production has besides what QA has. */
export function productionLines({ postgres }: ProductionLab): string[] {
  return [
    `Database  PostgreSQL on ${postgres.address}:${postgres.port}, reached through the hosts`,
    "Proxy     nginx on each host, with the example's own sites; users come through it on fresh connections",
    "Fakes     A command replaces systemd's template units.",
  ]
}

export function productionTitle(run: ProductionRun): string {
  const { version, serving, fault } = run
  const live = [...new Set(Object.values(serving).map(tagOf))].sort()
  const over = live.length > 0 ? `over ${live.join(' and ')}` : 'first release'
  return `${nameOf(run)} (${version.sha.slice(0, 7)}) to production: ${over}${disruptionText({ fault })}`
}

/** What was promised and what was seen. */
export function productionVerificationLines({
  expectation,
  expectedJobs,
  verification,
  runResult,
  trafficReports,
}: ProductionRehearsed): string[] {
  const promised = expectedJobs.map(({ service, promised }) => {
    const row = promised
      ? `${promised.main} | ${promised.decision} → ${promised.result}, ${promised.job}, users get ${promised.users}, the new slot ${promised.slot}${service.production.migrates ? `, schema ${promised.schema}` : ''}`
      : 'not reached: it stays unchanged'
    return `  ${service.name.padEnd(12)} ${row}`
  })
  const ended = expectedJobs.map(
    ({ job, service }) =>
      `  ${job.padEnd(22)} ${runResult.jobs[job]?.conclusion}, result ${runResult.jobs[job]?.outputs[service.name] ?? 'none'}`,
  )
  return [
    'Promised by docs/decisions/transaction.md',
    ...promised,
    `Seen from outside: the run ended as ${runResult.conclusion}`,
    ...ended,
    ...verification.seen.map((seen) => `  ${slotsText(seen)}`),
    `  schema: ${verification.schema.join(', ') || 'empty'}`,
    ...trafficReports.map(({ host, service, report }) => `  ${reportText(`${service.name} on ${host.name}`, report)}`),
    ...(expectation.later ? [`  ${verification.seconds.toFixed(0)} s after the end of the run`] : []),
  ]
}

/** What happened, in a sentence. */
export function productionSentence(run: ProductionRun, rehearsed: ProductionRehearsed): string {
  const { version, serving, back, fault } = run
  const { expectation, verification, trafficReports } = rehearsed
  const known = [version, ...Object.values(serving)]
  return sentenceOf({
    version: tagOf(version),
    back,
    fault,
    services: services.map(({ name }) => {
      const before = serving[name]
      const seen = verification.seen.filter(({ service }) => service.name === name)
      const served = seen.map((one) => one.served)
      return { name, before: before && tagOf(before), after: servedName(served, known) }
    }),
    traffic: trafficReports.map(({ service, report }) => ({ service: service.name, report })),
    laterSeconds: expectation.later ? verification.seconds : undefined,
  })
}

/** `host-1 acme-api     traffic → 5001 (4f0c1d7), 5011 stopped, locks free` */
function slotsText({ host, service, routed, slots, locked }: SeenSlots): string {
  const each = slots.map(({ port, sha, role }) => {
    const what = sha === undefined ? 'stopped' : `${sha.slice(0, 7)}${role ? `, ${role}` : ''}`
    return `${routed.includes(port) ? 'traffic → ' : ''}${port} (${what})`
  })
  return `${host.name} ${service.name.padEnd(12)} ${each.join(', ')}, locks ${locked.length > 0 ? 'held' : 'free'}`
}
