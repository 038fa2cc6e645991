import {
  assertNoFindings,
  deniedSudoLines,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
} from '@belay/host/preflight'
import type { SwitchInputs } from './inputs.ts'
import type { SwitchFacts } from './inspect.ts'

/** The unit that restores the traffic after a reboot before the confirm; it runs before the proxy starts. */
export function recoveryUnit({ release, proxy }: Pick<SwitchInputs, 'release' | 'proxy'>): string {
  // Docker starts a proxy in a container before anything that needs Docker could run: it has a unit of its own.
  const early = proxy.driver === 'nginx' && proxy.control.kind === 'compose' ? '-switch' : ''
  return `belay-recover-${release.service}-${release.environment}${early}.service`
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
  // Where sudo refuses `nginx -t`, its result says nothing about the proxy.
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
      'deploy-ssh never ran on this host, and the input check is empty: Belay cannot check whether a slot works',
    )
  if (facts.killsProcesses) findings.push({ host, ...endsWithLoginFinding(facts.user) })
  if (!facts.recovery)
    notice(
      `after a reboot before the confirm, traffic stays on the new slot until the next run: let root install ` +
        `${recoveryUnit(inputs)}, or give ${facts.user} the cron line "@reboot sh ${inputs.path}/.belay/blue-green-switch.sh recover restart"`,
    )
  return findings
}

/** Whether a lost run left a change that the host undoes under the lock before anything else. */
function willRecover({ state }: SwitchFacts): boolean {
  return state === 'armed' || state === 'undoing'
}

/** @throws Failure with everything that stops the switch, on all hosts; code `preflight` where the codes differ. */
export function assertReady(findings: readonly PreflightFinding[]): void {
  assertNoFindings(
    findings,
    'Traffic cannot be moved; nothing was changed.',
    () => 'fix each of these on the host; `command: status` checks again and changes nothing.',
  )
}
