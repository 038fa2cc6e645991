import type { LoadReport } from '@belay/load'
import { classifier, type Versions } from '../observe/served.ts'
import type { ClientReport, ClientSecond } from './model.ts'

/** The report of one client, and whose users it stands for. */
export interface ObservedClient {
  readonly service: string
  /** `acme-api on host-1`, or a URL. */
  readonly where: string
  readonly report: LoadReport
}

/** What users saw, by seconds. Pure. */
export function clientReport({ service, where, report }: ObservedClient, versions: Versions): ClientReport {
  const { sent, failed, p99Ms } = report
  return {
    where,
    sent,
    failed: failed.length,
    p99Ms,
    failures: kindsOf(failed).map(({ kind, count }) => `${count} × ${kind}`),
    seconds: secondsOf(report, classifier(service, versions)),
  }
}

function secondsOf({ startedAt, seconds, failed }: LoadReport, classify: ReturnType<typeof classifier>) {
  const bySecond = new Map<number, { -readonly [Key in keyof ClientSecond]: ClientSecond[Key] }>()
  const at = (second: number) => {
    const known = bySecond.get(second) ?? { at: startedAt + second * 1000, old: 0, new: 0, other: 0, failed: 0 }
    bySecond.set(second, known)
    return known
  }
  for (const { second, version, count } of seconds) {
    const { serves } = classify(version)
    // An answer that names no commit is one of an unknown version.
    at(second)[serves === 'old' || serves === 'new' ? serves : 'other'] += count
  }
  for (const { atMs } of failed) at(Math.floor(atMs / 1000)).failed += 1
  return [...bySecond.values()].toSorted((a, b) => a.at - b.at)
}

/** Failed requests by their kind, with the first moment of each in milliseconds from the start. Pure. */
export function kindsOf(failed: LoadReport['failed']): { kind: string; count: number; firstMs: number }[] {
  const kinds = Map.groupBy(failed, ({ code, status }) => code ?? `HTTP ${status}`)
  return [...kinds].map(([kind, some]) => ({ kind, count: some.length, firstMs: some[0]?.atMs ?? 0 }))
}
