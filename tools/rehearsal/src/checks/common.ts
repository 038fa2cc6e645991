import type { TestHost } from '@belay/test-hosts'
import { leftoversInReports, leftoversOnHosts, loginsOnHosts } from '../observe/leftovers.ts'
import type { Reports } from '../observe/reports.ts'
import type { EndedRun } from '../runs.ts'
import { leftoverProblems } from './leftovers.ts'
import { reportProblems } from './reports.ts'

/** Where a run may have left something. */
export interface Places {
  readonly hosts: readonly TestHost[]
  /** Files of a host, and folders with a `/` at the end, into which its operators put a secret. */
  readonly knownToHold?: readonly string[]
  /** Jobs report to Slack. Default: they do. */
  readonly reports?: boolean
}

/**
 * What every example checks besides what serves: reports, secrets and processes. `problems`: what was found so far. Hosts
 * are searched for secrets only when all else is as promised: until then a host may be at work.
 */
export async function withCommonProblems(
  problems: readonly string[],
  run: EndedRun,
  reports: Reports,
  { hosts, knownToHold = [], reports: isReporting = true }: Places,
): Promise<string[]> {
  const found = [...problems, ...(isReporting ? reportProblems(run, reports) : [])]
  if (found.length > 0) return found
  const elsewhere = [
    ...leftoversInReports(reports, run.secrets),
    ...(await leftoversOnHosts(hosts, run.secrets, knownToHold)),
    ...(await loginsOnHosts(hosts)),
  ]
  return leftoverProblems([...run.leftovers, ...elsewhere], run.processesLeft)
}
