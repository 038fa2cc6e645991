import type { ProductionStage } from './production.ts'
import type { ProductionRun } from './production-expectation.ts'
import { confirmTimeout } from './rehearse.ts'
import { nameOf, type ProductionRehearsed } from './rehearse-production.ts'
import type { SeenSlots } from './slots.ts'
import type { Terminal } from './terminal.ts'
import type { Lived } from './traffic.ts'

/** Says what production has that QA has not. */
export function reportProductionStage({ line, style }: Terminal, { postgres }: ProductionStage): void {
  line()
  line(style('bold', 'Production: .github/workflows/production.yml'))
  line(`Database  PostgreSQL on ${postgres.address}:${postgres.port}, reached through the hosts`)
  line("Proxy     nginx on each host, with the example's own sites; users come through it on fresh connections")
  line("Stand-ins a command for systemd's template units")
}

export function reportProductionRun({ line, style }: Terminal, run: ProductionRun): void {
  const { version, serving, fault } = run
  const live = [...new Set(Object.values(serving).map(({ number }) => number))].sort()
  const over = live.length > 0 ? `over ${live.join(' and ')}` : 'nothing there before'
  const struck = fault ? `, ${fault.kind === 'loseRunner' ? 'lose-runner' : fault.kind} at ${fault.step}` : ''
  line()
  line(style('bold', `${nameOf(run)} (${version.sha.slice(0, 7)}) to production: ${over}${struck}`))
  if (fault?.kind === 'loseRunner')
    line(`CONFIRM_TIMEOUT is ${confirmTimeout}s, so that nobody has to wait long for the hosts' return.`)
}

/** Says what was promised, what was seen, and whether it is the same. */
export function reportProductionProof(
  { line, style }: Terminal,
  { expectation, legs, proof, played, lived, problems }: ProductionRehearsed,
): void {
  line('Promised by docs/decisions/transaction.md')
  for (const { service, promised } of legs) {
    const row = promised
      ? `${promised.main} | ${promised.decision} → ${promised.result}, ${promised.job}, users get ${promised.users}, the new slot ${promised.slot}${service.production.migrates ? `, schema ${promised.schema}` : ''}`
      : 'not reached: it stays as it was'
    line(`  ${service.name.padEnd(12)} ${row}`)
  }
  line(`Seen from outside: the run ended as ${played.conclusion}`)
  for (const { job, service } of legs)
    line(
      `  ${job.padEnd(22)} ${played.jobs[job]?.conclusion}, result ${played.jobs[job]?.outputs[service.name] ?? 'none'}`,
    )
  for (const seen of proof.seen) line(`  ${slotsText(seen)}`)
  line(`  schema: ${proof.schema.join(', ') || 'empty'}`)
  for (const one of lived) line(`  ${livedText(one)}`)
  if (expectation.later) line(`  ${proof.seconds.toFixed(0)} s after the end of the run`)
  line(problems.length === 0 ? style('green', '✓ as promised') : style('red', '✗ not as promised'))
  for (const problem of problems) line(style('red', `  - ${problem}`))
}

/** `host-1 acme-api     traffic → 5001 (4f0c1d7), 5011 stopped, locks free` */
function slotsText({ host, service, routed, slots, locked }: SeenSlots): string {
  const each = slots.map(({ port, sha, told }) => {
    const what = sha === undefined ? 'stopped' : `${sha.slice(0, 7)}${told ? `, ${told}` : ''}`
    return `${routed.includes(port) ? 'traffic → ' : ''}${port} (${what})`
  })
  return `${host.name} ${service.name.padEnd(12)} ${each.join(', ')}, locks ${locked.length > 0 ? 'held' : 'free'}`
}

/** `users of acme-api on host-1: 1204 requests, 0 failed, p99 12 ms, saw 4f0c1d7, b83e5a2` */
function livedText({ host, service, report }: Lived): string {
  const { sent, failed, p99Ms, versions } = report
  const saw = versions.map(({ version }) => version.slice(0, 7)).join(', ')
  const slowest = p99Ms === undefined ? '' : `, p99 ${p99Ms.toFixed(0)} ms`
  return `users of ${service.name} on ${host.name}: ${sent} requests, ${failed.length} failed${slowest}, saw ${saw}`
}
