import type { HostFacts } from '@belay/host'
import {
  assertNoFindings,
  deniedSudoLines,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
} from '@belay/host/preflight'
import { type DeployInputs, unitsOf } from './inputs.ts'
import { describeUnreadableLog } from './service-log.ts'

/** Room that has to stay free beside the upload, in KiB: logs, states, and the service's own writes during it. */
export const reservedKib = 32 * 1024

const neededTools = ['flock', 'rsync', 'readlink', 'sed', 'grep', 'cut', 'tr', 'df', 'tail', 'ln', 'mv', 'id'] as const

/** The unit that restores the committed release after a reboot before the confirm. */
export function recoveryUnit({ release }: DeployInputs): string {
  return `belay-recover-${release.service}-${release.environment}.service`
}

/** All lines that the deploy user must be allowed to run as root, also those that only an undo needs. */
export function sudoLines(inputs: DeployInputs): string[] {
  // A slot starts after a reboot only while it is active.
  const verbs = ['restart', 'stop', 'reset-failed', ...(inputs.slots.length > 0 ? ['enable', 'disable'] : [])]
  return unitsOf(inputs).flatMap((unit) => verbs.map((verb) => `systemctl ${verb} ${unit}`))
}

/**
 * All that a host lacks for a release of `kib` KiB, at once. Pure. `isReleased`: whether the release has a file at the end
 * of this path.
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
    add('tools-missing', 'neither curl nor wget is installed; the check URL needs one of them')
  for (const folder of facts.readOnly) add('path-not-writable', `${facts.user} cannot write to ${folder}`)
  const slots = inputs.slots.length > 0
  if (slots && 'code' in facts.idle && facts.idle.code !== '' && facts.idle.code !== 'lock-held')
    add(facts.idle.code, facts.idle.why)
  if (facts.reported !== undefined)
    notice(
      'login-differs',
      `the login ${facts.user} reports itself as "${facts.reported}" there: check that this login is still yours`,
    )
  if (facts.incompatibility !== '') add('schema-ahead', facts.incompatibility)
  if (!slots && facts.current === 'other')
    add('current-not-a-link', `${inputs.path}/current is a folder or a file; move it away, Belay creates the link`)
  if (!slots && facts.current === 'link' && !isBelowReleases(facts.live, inputs.path))
    add('current-outside', `${inputs.path}/current points to ${facts.live}, outside releases/`)
  if (!hasRoom(facts, kib)) {
    const more = facts.prunableKib > 0 ? ` and ${facts.prunableKib} more without the releases beyond keep-releases` : ''
    add(
      'disk-full',
      `${facts.freeKib} KiB are free${more}, ${kib + reservedKib} are needed (the files that differ from the previous release, and a reserve of ${reservedKib})`,
    )
  }
  // Some file systems (btrfs) count no inodes and say 0 of 0.
  if (facts.freeInodes > 0 && facts.freeInodes < 1000) add('disk-full', `only ${facts.freeInodes} inodes are free`)
  for (const { code, text } of facts.missing) add(code, text)
  for (const doubt of facts.doubts) findings.push({ host, ...doubtFinding(doubt, facts, inputs, isReleased) })
  if (facts.systemd && (inputs.restart.kind === 'systemd' || compose)) {
    const { systemd } = facts
    if (compose) {
      // A release never restarts Docker's own unit.
    } else if (!facts.tools.has('systemctl'))
      add('tools-missing', 'systemctl is not installed; restart: command:… does not need it')
    else if (systemd.unitLoad !== 'loaded')
      add(
        'unit-missing',
        `unit ${unitsOf(inputs)[0]} is ${systemd.unitLoad || 'unknown'}: write its file; the script for root shows an example`,
      )
    for (const line of deniedSudoLines(facts, systemd.sudo, sudoLines(inputs)))
      findings.push({ host, ...sudoFinding(facts.user, line) })
    if (systemd.killsProcesses) findings.push({ host, ...endsWithLoginFinding(facts.user) })
    if (systemd.recovery === 'none')
      notice(
        'no-recovery',
        `after a reboot before the confirm, the unconfirmed release serves until the next run: let root install ${recoveryUnit(inputs)}, ` +
          `or give ${facts.user} the cron line "@reboot sh ${inputs.path}/.belay/deploy-ssh.sh recover restart"`,
      )
  }
  return findings
}

/** A doubt of a host refuses the release where no release of Belay's was ever committed; elsewhere it is a warning. */
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
        text: `${text}, and no release was ever committed here: if this one fails, there is no release to restore`,
        ...notice,
      }
    return {
      code,
      text:
        `${text}, and no release was ever committed here: if this one fails, the service is stopped, and there is no release ` +
        'to restore. Stop it first, or give first-release: replace',
    }
  }
  if (code === 'check-answered-by-other' && committed === '')
    return { code, text: `${text}. Stop it, or give another check` }
  return { code, text, ...notice }
}

const unitDoubts = new Set(['unit-not-reloaded', 'lines-unread', 'unit-unknown'])

/** What a host found about a unit: the port of its slot (`-` without slots), and a fact. The text is written here. */
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
      text: `systemd has not read the newest file of ${unit}. As root: systemctl daemon-reload`,
      ...notice,
    }
  if (code === 'lines-unread')
    return {
      code,
      text: describeUnreadableLog(rest.join(' '), unitsOf(inputs).length > 0 ? unit : '', user),
      ...notice,
    }
  const slotFolder = `${inputs.path}/${inputs.slots.includes(port) ? `slots/${port}` : 'current'}`
  const program = rest.join(' ')
  if (isReleased(program))
    return {
      code: 'unit-elsewhere',
      text:
        `unit ${unit} runs ${program}, which the release has too, and not ${slotFolder}: set WorkingDirectory=${slotFolder}, and start ` +
        `programs below it. If the unit does run the release, name the folder in it: Environment=APP_HOME=${slotFolder}`,
    }
  return {
    code,
    text: `nothing in ${unit} names ${slotFolder}: Belay cannot verify that it starts this release`,
    ...notice,
  }
}

/** Whether a release of `kib` KiB fits, once the oldest ones are removed. Pure. */
export function hasRoom({ freeKib, prunableKib }: HostFacts, kib: number): boolean {
  // NaN, where the host could not measure it, counts as enough room.
  return !(freeKib + prunableKib < kib + reservedKib)
}

function isBelowReleases(live: string, path: string): boolean {
  return live.startsWith('releases/') || live.startsWith(`${path}/releases/`)
}

/** What was found on the hosts that decides what a release does there, as lines for the log. Pure. */
export function noteLines(fleetFacts: readonly HostFacts[]): string[] {
  return fleetFacts.flatMap(({ host, notes }) => notes.map((text) => `${host}: releases ${text}`))
}

/** Findings that the script for root does not fix. */
const notForRoot = new Set([
  ...['schema-ahead', 'no-idle-slot', 'active-unknown', 'first-release', 'check-answered-by-other', 'unit-elsewhere'],
  ...[
    'program-missing',
    'disk-full',
    'login-refused',
    'unreachable',
    'host-key-changed',
    'no-shell',
    'sessions-limited',
  ],
])

/**
 * `printed`: the script for root was printed by this very step.
 * @throws Failure with everything that stops the release, on all hosts; code `preflight` where the codes differ.
 */
export function assertReady(findings: readonly PreflightFinding[], { printed } = { printed: false }): void {
  assertNoFindings(findings, 'The fleet is not ready; nothing was changed.', (codes) => {
    if ([...codes].every((code) => notForRoot.has(code)))
      return 'change what each line names; the script for root does not do it.'
    return printed
      ? 'read the script above, run it as root on each host that lacks something, and run this again.'
      : 'run this action with `command: preflight`: it prints what root has to prepare.'
  })
}
