import { type Connection, quoteWords, releaseState, runCommand, type StateText } from '@belay/host'
import { type FleetHost, leaseFleet } from '@belay/host/fleet'
import { addressIn, atServer } from '@belay/host/inputs'
import type { ReleaseValues } from '@belay/host/protocol'
import type { Check, DeployInputs, Restart } from './inputs.ts'
import { script } from './script.ts'

/** The hosts of a release, each with what it is to hold there. */
export function fleetOf(connections: readonly Connection[], inputs: DeployInputs, id: string): FleetHost[] {
  const { path: base, credentials, until } = inputs
  return leaseFleet(connections, {
    base,
    id,
    change: 'release',
    knownHosts: credentials.knownHosts,
    ...(until === 'gate' && { shadow: true }),
  })
}

/** What a release is, by the names of its state file on a host. */
export interface ReleaseContent {
  readonly id: string
  readonly version: string
  readonly sha: string
  readonly manifest: string
  /** Names of the migrations that it was built with, with a space between; empty where no step noted them. */
  readonly schema: string
}

/** For an inspection that is about no release. */
export const noContent: ReleaseContent = { id: '', version: '', sha: '', manifest: '', schema: '' }

/** The values of a release's state file on a host: what its process, its undo and a boot hook read. */
export function stateOf(content: ReleaseContent, inputs: DeployInputs, host: string): StateText {
  const { checkTimeout, slots, stop, activate, deactivate } = inputs
  return releaseState({
    release: content.id,
    version: content.version,
    sha: content.sha,
    manifest: content.manifest,
    schema: content.schema,
    ...restartState(inputs.restart),
    ...checkState(inputs.check, addressIn(inputs.servers, host)),
    checkTimeout,
    slots,
    stop,
    activate,
    deactivate,
  })
}

function restartState(restart: Restart): Pick<ReleaseValues, 'restartKind' | 'restart'> {
  switch (restart.kind) {
    case 'systemd':
      return { restartKind: 'systemd', restart: restart.unit }
    case 'command':
      return { restartKind: 'command', restart: quoteWords(restart.words) }
    case 'compose':
      return { restartKind: 'compose', restart: restart.folder }
    case 'none':
      return { restartKind: 'none', restart: '' }
  }
}

function checkState(check: Check, address: string | undefined): Pick<ReleaseValues, 'checkKind' | 'check'> {
  const here = (text: string) => (address === undefined ? text : atServer(text, address))
  switch (check.kind) {
    case 'url':
      return { checkKind: 'url', check: here(check.url) }
    case 'command':
      return { checkKind: 'command', check: quoteWords(check.words.map(here)) }
    case 'none':
      return { checkKind: 'none', check: '' }
  }
}

/** Whether what is live passes the host's check right now. */
export async function isHealthy(
  connection: Connection,
  base: string,
  state: StateText,
  traffic: string | undefined,
): Promise<boolean> {
  const answer = await runCommand(connection, script, 'check', { base, params: state, traffic }, { timeoutMs: 30_000 })
  return answer.last('healthy')?.yes === true
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: DeployInputs): number {
  const { checkTimeout, restart } = inputs
  // Compose itself waits for its containers before the check runs.
  return checkTimeout + 180 + (restart.kind === 'compose' ? checkTimeout : 0)
}
