import type { LoadReport } from '@belay/load'
import type { Version } from './version.ts'

/** How failed requests count: they are problems, or only shown, where a restart is the switch. */
export type Failures = 'problems' | 'shown'

/** What users should not have seen: failed requests, and versions that were not expected. */
export function reportProblems(
  where: string,
  { failed, versions, sent, latestMs }: LoadReport,
  announced: readonly Version[],
  failures: Failures = 'problems',
): string[] {
  const unexpected = versions.filter(({ version }) => !announced.some(({ sha }) => sha === version))
  return [
    ...(sent > 0 ? [] : [`no request was sent to ${where}`]),
    // Such a client verifies nothing: it sent nothing while other processes used the machine.
    ...(latestMs < 5000 ? [] : [`the client of ${where} was blocked for ${(latestMs / 1000).toFixed(1)} s`]),
    ...(failed.length === 0 || failures === 'shown'
      ? []
      : [`${failed.length} of ${sent} requests to ${where} failed: ${kindsOf(failed)}`]),
    ...unexpected.map(
      ({ version, count }) => `users of ${where} saw ${version || 'no version'} ${count} times, which was not expected`,
    ),
  ]
}

/** `users of acme-api on host-1: 1204 requests, 0 failed, p99 12 ms, saw 4f0c1d7, b83e5a2` */
export function reportText(where: string, { sent, failed, p99Ms, versions }: LoadReport): string {
  const saw = versions.map(({ version }) => version.slice(0, 7)).join(', ')
  const slowest = p99Ms === undefined ? '' : `, p99 ${p99Ms.toFixed(0)} ms`
  return `users of ${where}: ${sent} requests, ${failed.length} failed${slowest}, saw ${saw}`
}

/** `3 × ECONNREFUSED (first after 1.2 s)` */
function kindsOf(failed: LoadReport['failed']): string {
  const kinds = Map.groupBy(failed, ({ code, status }) => code ?? `HTTP ${status}`)
  return [...kinds]
    .map(([kind, some]) => `${some.length} × ${kind} (first after ${((some[0]?.atMs ?? 0) / 1000).toFixed(1)} s)`)
    .join(', ')
}
