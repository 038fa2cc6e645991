import {
  assertNoFindings,
  deniedSudoLines,
  endsWithLoginFinding,
  type HostFacts,
  type PreflightFinding,
  slotSystemctlLines,
  sudoFinding,
  systemctlLines,
} from '@belay/host'
import { type DeployInputs, unitsOf } from './inputs.ts'
import { describeUnreadableLog } from './unreadable-log.ts'

/** Room that has to stay free beside the upload, in KiB: logs, states, and the service's own writes meanwhile. */
export const reservedKib = 32 * 1024

const neededTools = ['flock', 'rsync', 'readlink', 'sed', 'grep', 'cut', 'tr', 'df', 'tail', 'ln', 'mv', 'id'] as const

/** The unit that catches a reboot inside the countdown. */
export function recoveryUnit({ release }: DeployInputs): string {
  return `belay-recover-${release.service}-${release.environment}.service`
}

/** All lines that the deploy user must be allowed to run as root. */
export function sudoLines(inputs: DeployInputs): string[] {
  return unitsOf(inputs).flatMap(inputs.slots.length > 0 ? slotSystemctlLines : systemctlLines)
}

/**
 * All that a host lacks for a release of `kib` KiB, at once. Pure. `isReleased`: what is released has a file that ends
 * this path.
 */
export function preflightFindings(
  facts: HostFacts,
  inputs: DeployInputs,
  kib: number,
  isReleased: (path: string) => boolean = () => false,
): PreflightFinding[] {
  const { host } = facts
  const findings: PreflightFinding[] = []
  const add = (code: string, text: string) => findings.push({ host, code, text })
  const notice = (code: string, text: string) => findings.push({ host, code, text, notice: true })

  const compose = inputs.restart.kind === 'compose'
  const tools = neededTools.filter((tool) => !facts.tools.has(tool) && !(compose && tool === 'rsync'))
  if (tools.length > 0)
    add(tools.includes('rsync') ? 'rsync-missing' : 'tools-missing', `${tools.join(', ')} not installed`)
  if (inputs.check.kind === 'url' && !facts.tools.has('curl') && !facts.tools.has('wget'))
    add('tools-missing', 'neither curl nor wget is there to ask the check URL')
  for (const folder of facts.readOnly) add('path-not-writable', `${facts.user} cannot write to ${folder}`)
  const slots = inputs.slots.length > 0
  if (slots && 'code' in facts.idle && facts.idle.code !== '' && facts.idle.code !== 'lock-held')
    add(facts.idle.code, facts.idle.why)
  if (facts.reported !== undefined)
    notice(
      'login-differs',
      `it says that ${facts.user} is "${facts.reported}" there: see whether this login is still yours`,
    )
  if (facts.incompatibility !== '') add('schema-ahead', facts.incompatibility)
  if (!slots && facts.current === 'other')
    add('current-not-a-link', `${inputs.path}/current is a folder or a file; move it away, Belay makes it a link`)
  if (!slots && facts.current === 'link' && !isBelowReleases(facts.live, inputs.path))
    add('current-outside', `${inputs.path}/current points to ${facts.live}, outside releases/`)
  if (!hasRoom(facts, kib)) {
    const more = facts.prunableKib > 0 ? ` and ${facts.prunableKib} more without the releases beyond keep-releases` : ''
    add(
      'disk-full',
      `${facts.freeKib} KiB are free${more}, ${kib + reservedKib} are needed (what differs from the release before, and a floor of ${reservedKib})`,
    )
  }
  // Some file systems (btrfs) count no inodes and say 0 of 0.
  if (facts.freeInodes > 0 && facts.freeInodes < 1000) add('disk-full', `only ${facts.freeInodes} inodes are free`)
  for (const { code, text } of facts.missing) add(code, text)
  for (const doubt of facts.doubts) findings.push({ host, ...doubtFinding(doubt, facts, inputs, isReleased) })
  if (facts.systemd && (inputs.restart.kind === 'systemd' || compose)) {
    const { systemd } = facts
    if (compose) {
      // Docker's own unit is nothing that a release restarts.
    } else if (!facts.tools.has('systemctl'))
      add('tools-missing', 'systemctl is not there; restart: command:… does without')
    else if (systemd.unitLoad !== 'loaded')
      add(
        'unit-missing',
        `unit ${unitsOf(inputs)[0]} is ${systemd.unitLoad || 'unknown'}: it is yours to write, the script for root shows one`,
      )
    for (const line of deniedSudoLines(facts, systemd.sudo, sudoLines(inputs)))
      findings.push({ host, ...sudoFinding(facts.user, line) })
    if (systemd.killsProcesses) findings.push({ host, ...endsWithLoginFinding(facts.user) })
    if (systemd.recovery === 'none')
      notice(
        'no-recovery',
        `a reboot inside the countdown serves the unconfirmed release until the next run: let root install ${recoveryUnit(inputs)}, ` +
          `or give ${facts.user} the cron line "@reboot sh ${inputs.path}/.belay/deploy-ssh.sh recover restart"`,
      )
  }
  return findings
}

/** What a host is not sure of is refused where nothing of Belay's was there before, and else said. */
function doubtFinding(
  { code, text }: HostFacts['doubts'][number],
  { committed, user }: HostFacts,
  inputs: DeployInputs,
  isReleased: (path: string) => boolean,
): Omit<PreflightFinding, 'host'> {
  const { firstRelease, command } = inputs
  const notice = { notice: true } as const
  if (unitDoubts.has(code)) return unitFinding(code, text, user, inputs, isReleased)
  if (code === 'first-release') {
    if (firstRelease === 'replace' || command === 'rollback')
      return {
        code,
        text: `${text}, and no release was ever committed here: if this one fails, nothing comes back`,
        ...notice,
      }
    return {
      code,
      text:
        `${text}, and no release was ever committed here: if this one fails, it would be stopped, and nothing could come ` +
        'back. Stop it first, or give first-release: replace',
    }
  }
  if (code === 'check-answered-by-other' && committed === '')
    return { code, text: `${text}. Stop that, or give another check` }
  return { code, text, ...notice }
}

const unitDoubts = new Set(['unit-not-reloaded', 'lines-unread', 'unit-unknown'])

/** What a host says of a unit: the port of its slot (`-` without slots), and what it found; the words are ours. */
function unitFinding(
  code: string,
  text: string,
  user: string,
  inputs: DeployInputs,
  isReleased: (path: string) => boolean,
): Omit<PreflightFinding, 'host'> {
  const [port = '', ...rest] = text.split(' ')
  const unit = unitsOf(inputs)[Math.max(0, inputs.slots.indexOf(port))] ?? 'the unit'
  const notice = { notice: true } as const
  if (code === 'unit-not-reloaded')
    return {
      code,
      text: `the file of ${unit} is newer than what systemd would start. As root: systemctl daemon-reload`,
      ...notice,
    }
  if (code === 'lines-unread') return { code, text: describeUnreadableLog(rest.join(' '), unit, user), ...notice }
  const slotFolder = `${inputs.path}/${inputs.slots.includes(port) ? `slots/${port}` : 'current'}`
  const program = rest.join(' ')
  if (isReleased(program))
    return {
      code: 'unit-elsewhere',
      text:
        `unit ${unit} runs ${program}, which the release has too, and not ${slotFolder}: give it WorkingDirectory=${slotFolder}, and ` +
        `programs below it; if it runs there all the same, say so in the unit: Environment=APP_HOME=${slotFolder}`,
    }
  return {
    code,
    text: `nothing in ${unit} names ${slotFolder}: that what it starts is this release is not proved`,
    ...notice,
  }
}

/** Whether a release of `kib` KiB fits, once the oldest ones are removed. Pure. */
export function hasRoom({ freeKib, prunableKib }: HostFacts, kib: number): boolean {
  // What the host could not tell is not held against it.
  return !(freeKib + prunableKib < kib + reservedKib)
}

function isBelowReleases(live: string, path: string): boolean {
  return live.startsWith('releases/') || live.startsWith(`${path}/releases/`)
}

/** What was found on the hosts that decides what a release does there, for people. Pure. */
export function noteLines(fleetFacts: readonly HostFacts[]): string[] {
  return fleetFacts.flatMap(({ host, notes }) => notes.map((text) => `${host}: releases ${text}`))
}

/** What is no matter of a host's preparation. */
const notForRoot = new Set([
  ...['schema-ahead', 'no-idle-slot', 'active-unknown', 'first-release', 'check-answered-by-other', 'unit-elsewhere'],
  ...['program-missing', 'disk-full', 'login-refused', 'unreachable', 'host-key-changed', 'no-shell'],
])

/**
 * `printed`: the script for root was printed by this very step.
 * @throws Failure with everything that stops the release, on all hosts; code `preflight` where the codes differ.
 */
export function assertReady(findings: readonly PreflightFinding[], { printed } = { printed: false }): void {
  assertNoFindings(findings, 'The fleet is not ready; nothing was changed.', (codes) => {
    if ([...codes].every((code) => notForRoot.has(code)))
      return 'each line says what to change; the script for root would not change it.'
    return printed
      ? 'read the script above, run it as root on each host that lacks something, and run this again.'
      : 'run this action with `command: preflight`: it prints what root has to prepare.'
  })
}
