import { describe } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite was not run on this machine; the reporter prints it at the end. */
    notRun?: string
  }
}

/**
 * The `describe` of suites that need something of the machine: `describeIf(canStartHosts())('a fleet', () => { … })`.
 * Without a reason against it they run; with one they are skipped and the reason is printed at the end.
 * @throws Error with the reason where `CI=true`: there nothing may be skipped.
 */
export function describeIf(reason: string | undefined): (name: string, suite: () => void) => void {
  if (reason === undefined) return (name, suite) => void describe(name, suite)
  if (process.env.CI === 'true') throw new Error(`With CI=true nothing may be skipped, but this cannot run: ${reason}`)
  return (name, suite) => void describe(name, { skip: true, meta: { notRun: reason } }, suite)
}
