import type { LoadReport } from '@belay/load'
import { kindsOf } from './report/clients.ts'
import type { Check } from './report/model.ts'
import { servedName, tagOf, type Version } from './version.ts'

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
      : [`${failed.length} of ${sent} requests to ${where} failed: ${failuresText(failed)}`]),
    ...unexpected.map(
      ({ version, count }) => `users of ${where} saw ${version || 'no version'} ${count} times, which was not expected`,
    ),
  ]
}

/** What users may see beside what they saw. */
export function clientCheck(
  where: string,
  report: LoadReport,
  announced: readonly Version[],
  failures: Failures = 'problems',
): Check {
  const nameOf = (sha: string) => servedName([sha], announced) ?? 'no version'
  const may = failures === 'shown' ? 'requests may fail during a restart' : 'no request fails'
  const saw = [...new Set(report.versions.map(({ version }) => nameOf(version)))]
  return {
    what: `users of ${where}`,
    promised: `${may}; they see only ${announced.map(tagOf).join(' or ') || 'nothing'}`,
    seen: `${report.failed.length} of ${report.sent} requests failed; they saw ${saw.join(', ') || 'nothing'}`,
    problems: reportProblems(where, report, announced, failures),
  }
}

/** `users of acme-api on host-1: 1204 requests, 0 failed, p99 12 ms, saw 4f0c1d7, b83e5a2` */
export function reportText(where: string, { sent, failed, p99Ms, versions }: LoadReport): string {
  const saw = versions.map(({ version }) => version.slice(0, 7)).join(', ')
  const slowest = p99Ms === undefined ? '' : `, p99 ${p99Ms.toFixed(0)} ms`
  return `users of ${where}: ${sent} requests, ${failed.length} failed${slowest}, saw ${saw}`
}

/** `3 × ECONNREFUSED (first after 1.2 s)` */
function failuresText(failed: LoadReport['failed']): string {
  return kindsOf(failed)
    .map(({ kind, count, firstMs }) => `${count} × ${kind} (first after ${(firstMs / 1000).toFixed(1)} s)`)
    .join(', ')
}
