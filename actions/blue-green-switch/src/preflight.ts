import { hasPlaces, pairsOf } from '@belay/host/inputs'
import {
  assertNoFindings,
  deniedSudoLines,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
} from '@belay/host/preflight'
import type { SwitchInputs } from './inputs.ts'
import type { Slot, SwitchFacts } from './inspect.ts'

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

/** All that the hosts lack, at once. Pure. */
export function fleetFindings(fleetFacts: readonly SwitchFacts[], inputs: SwitchInputs): PreflightFinding[] {
  const differing = fleetFacts.some(willRecover) ? [] : differingProxies(fleetFacts, inputs)
  return [...fleetFacts.flatMap((facts) => preflightFindings(facts, inputs)), ...differing]
}

/**
 * Proxies of the same slots that do not send traffic to the same ones: what is idle for one has users of another. Pure.
 */
export function differingProxies(fleetFacts: readonly SwitchFacts[], inputs: SwitchInputs): PreflightFinding[] {
  const [first, ...others] = fleetFacts
  if (!first || !hasPlaces(inputs.slots)) return []
  const activeOf = ({ active }: SwitchFacts) => active.join(' ') || 'none of the slots'
  return others
    .filter((facts) => activeOf(facts) !== activeOf(first))
    .map((facts) => ({
      host: facts.host,
      code: 'proxies-differ',
      text:
        `sends traffic to ${activeOf(facts)}, and ${first.host} to ${activeOf(first)}: no slot is idle for both. ` +
        'Run the switch with the proxy alone in hosts that is to follow the other one',
    }))
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
  for (const pair of pairsOf(facts.slots))
    for (const { code, text } of pairFindings(pair, facts, inputs)) add(code, text)
  if (hasPlaces(inputs.slots) && facts.hasDeployScript)
    add(
      'slots-are-local',
      `deploy-ssh releases to ${inputs.path} on this host too: give both ports, or another folder in the input path`,
    )
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

/** Where not all traffic of a server goes to one of its slots. */
function pairFindings(
  [one, other]: readonly [Slot, Slot],
  facts: SwitchFacts,
  { slots, proxy }: SwitchInputs,
): { code: string; text: string }[] {
  if (one.weight > 0 && other.weight > 0 && !willRecover(facts)) {
    const shares = [one, other].map(({ name, weight }) => `${name} has ${weight}`).join(', ')
    return [{ code: 'traffic-split', text: `traffic goes to both slots: ${shares}` }]
  }
  if (one.weight !== 0 || other.weight !== 0) return []
  const both = `neither ${one.name} nor ${other.name}`
  if (!hasPlaces(slots)) return [{ code: 'traffic-split', text: 'the proxy sends traffic to neither slot' }]
  if (proxy.driver === 'haproxy') return [{ code: 'traffic-split', text: `the proxy sends traffic to ${both}` }]
  return [{ code: 'server-missing', text: `${proxy.upstream}/active.conf names ${both}` }]
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
