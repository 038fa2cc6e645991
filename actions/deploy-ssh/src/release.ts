import { type Connection, callHost, type FleetHost, leaseFleet, quoteWords } from '@belay/host'
import type { Check, DeployInputs, Restart } from './inputs.ts'
import { script } from './script.ts'

/** The hosts of a release, each with what it is to hold there. */
export function fleetOf(connections: readonly Connection[], inputs: DeployInputs, id: string): FleetHost[] {
  const { path: base, credentials, until } = inputs
  return leaseFleet(connections, {
    base,
    id,
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

/** The values of a release's state file: what its process, its undo and a boot hook read. */
export function stateParams(content: ReleaseContent, inputs: DeployInputs): Record<string, string | number> {
  return {
    release: content.id,
    version: content.version,
    sha: content.sha,
    manifest: content.manifest,
    schema: content.schema,
    ...restartState(inputs.restart),
    ...checkState(inputs.check),
    check_timeout: inputs.checkTimeout,
    slots: inputs.slots.join(' '),
    stop: quoteWords(inputs.stop),
    activate: quoteWords(inputs.activate),
    deactivate: quoteWords(inputs.deactivate),
  }
}

function restartState(restart: Restart): Record<string, string> {
  switch (restart.kind) {
    case 'systemd':
      return { restart_kind: 'systemd', restart: restart.unit }
    case 'command':
      return { restart_kind: 'command', restart: quoteWords(restart.words) }
    case 'compose':
      return { restart_kind: 'compose', restart: restart.folder }
    case 'none':
      return { restart_kind: 'none', restart: '' }
  }
}

function checkState(check: Check): Record<string, string> {
  switch (check.kind) {
    case 'url':
      return { check_kind: 'url', check: check.url }
    case 'command':
      return { check_kind: 'command', check: quoteWords(check.words) }
    case 'none':
      return { check_kind: 'none', check: '' }
  }
}

/** Whether what is live passes the host's check right now. */
export async function isHealthy(connection: Connection, inputs: DeployInputs, params: string): Promise<boolean> {
  const reply = await callHost(connection, script, 'check', { base: inputs.path, params }, { timeoutMs: 30_000 })
  return reply.last('healthy') === 'yes'
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: DeployInputs): number {
  const { checkTimeout, restart } = inputs
  // Compose itself waits for its containers before the check runs.
  return checkTimeout + 180 + (restart.kind === 'compose' ? checkTimeout : 0)
}
