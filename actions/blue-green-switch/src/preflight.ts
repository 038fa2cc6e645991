import {
  assertNoFindings,
  deniedSudoLines,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
} from '@belay/host'
import type { SwitchInputs } from './inputs.ts'
import type { SwitchFacts } from './inspect.ts'

/** The unit that catches a reboot inside the countdown, before the proxy starts. */
export function recoveryUnit({ release }: Pick<SwitchInputs, 'release'>): string {
  return `belay-recover-${release.service}-${release.environment}-switch.service`
}

/** What the deploy user must be allowed to run as root, each line literally. */
export function sudoLines({ proxy }: Pick<SwitchInputs, 'proxy'>): string[] {
  if (proxy.driver !== 'nginx' || proxy.control.kind !== 'systemd') return []
  return ['nginx -t', `systemctl reload ${proxy.control.unit}`]
}

/** All that a host lacks, at once. Pure. */
export function preflightFindings(facts: SwitchFacts, inputs: SwitchInputs): PreflightFinding[] {
  const { host } = facts
  const findings: PreflightFinding[] = []
  const add = (code: string, text: string) => findings.push({ host, code, text })
  const notice = (text: string) => findings.push({ host, code: 'notice', text, notice: true })

  const refused = deniedSudoLines(facts, facts.sudo, sudoLines(inputs))
  for (const line of refused) findings.push({ host, ...sudoFinding(facts.user, line) })
  // What sudo refuses to ask says nothing about the proxy.
  const isProxyUnchecked = refused.includes('nginx -t')
  for (const { code, text } of facts.missing) if (!(isProxyUnchecked && code === 'proxy-invalid')) add(code, text)
  for (const text of facts.notices) notice(text)
  if (facts.active.length > 1 && !willRecover(facts))
    add(
      'traffic-split',
      `traffic goes to both slots: ${facts.slots.map(({ port, weight }) => `${port} has ${weight}`).join(', ')}`,
    )
  if (facts.slots.length > 0 && facts.slots.every(({ weight }) => weight === 0))
    add('traffic-split', 'the proxy sends traffic to neither slot')
  if (inputs.check === '' && !facts.hasDeployScript)
    add(
      'check-missing',
      'deploy-ssh was never here, and the input check is empty: nobody could tell whether a slot works',
    )
  if (facts.killsProcesses) findings.push({ host, ...endsWithLoginFinding(facts.user) })
  if (!facts.recovery)
    notice(
      `a reboot inside the countdown leaves the traffic where it was moved until the next run: let root install ` +
        `${recoveryUnit(inputs)}, or give ${facts.user} the cron line "@reboot sh ${inputs.path}/switch/.belay/blue-green-switch.sh recover restart"`,
    )
  return findings
}

/** What a lost run left in between is put back under the lock, before anything else. */
function willRecover({ state }: SwitchFacts): boolean {
  return state === 'armed' || state === 'undoing'
}

/** @throws Failure with everything that stops the switch, on all hosts; code `preflight` where the codes differ. */
export function assertReady(findings: readonly PreflightFinding[]): void {
  assertNoFindings(
    findings,
    'Traffic cannot be moved; nothing was changed.',
    () => 'see to each of these on the host; `command: status` looks again and changes nothing.',
  )
}
