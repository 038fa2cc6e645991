import { Failure, type Step } from '@belay/action-kit'

/** Something a host lacks, and the `failure-code` if it stops the action. A `notice` is only a warning. */
export interface PreflightFinding {
  readonly host: string
  readonly code: string
  readonly text: string
  readonly notice?: true
}

/** Warns of the findings that stop nothing. */
export function warnOfNotices(step: Pick<Step, 'warn'>, findings: readonly PreflightFinding[]): void {
  for (const { host, text, notice } of findings) if (notice) step.warn(text, host)
}

/**
 * Refuses with every finding that stops the action, on all hosts, below `headline`. `remedy` gets the codes.
 * @throws Failure with the code of the findings; `preflight` where they differ
 */
export function assertNoFindings(
  findings: readonly PreflightFinding[],
  headline: string,
  remedy: (codes: ReadonlySet<string>) => string,
): void {
  const stopping = findings.filter(({ notice }) => !notice)
  if (stopping.length === 0) return
  const codes = new Set(stopping.map(({ code }) => code))
  const [first = 'preflight'] = codes
  throw new Failure(
    codes.size === 1 ? first : 'preflight',
    `${headline}\n${stopping.map(({ host, text }) => `  - ${host}: ${text}`).join('\n')}`,
    remedy(codes),
  )
}

/** The finding for a user who may not run `line` as root without a password. */
export function sudoFinding(user: string, line: string): Pick<PreflightFinding, 'code' | 'text'> {
  return { code: 'sudo', text: `${user} may not run "sudo -n ${line}" without a password` }
}

/** The finding for a host where no process outlives its login: nothing would roll back on its own there. */
export function endsWithLoginFinding(user: string): Pick<PreflightFinding, 'code' | 'text'> {
  return {
    code: 'kills-processes',
    text: `processes of ${user} end with its login: set KillExcludeUsers=${user} in logind.conf`,
  }
}
