import { Failure } from '@belay/action-kit'
import { actor, type Connection, call, type Held, type HostState, undo as undoOnHost, words } from '@belay/remote'
import type { Check, DeployInputs, Restart } from './inputs.ts'
import { script } from './script.ts'

/** One host of the fleet while a release goes on. */
export interface FleetHost {
  readonly connection: Connection
  readonly held: Held
}

export function fleetOf(connections: readonly Connection[], inputs: DeployInputs, id: string): FleetHost[] {
  return connections.map((connection) => ({ connection, held: heldBy(connection, inputs, id) }))
}

function heldBy({ target, folder }: Connection, inputs: DeployInputs, id: string): Held {
  return {
    host: target.name,
    user: target.user,
    address: target.address,
    port: target.port,
    folder,
    base: inputs.path,
    id,
    knownHosts: inputs.credentials.knownHosts,
    ...(inputs.until === 'gate' && { shadow: true }),
  }
}

/** What a release is, in the words of its state file on a host. */
export interface Content {
  readonly id: string
  readonly version: string
  readonly sha: string
  readonly manifest: string
  /** Names of the migrations that it was built with, with a space between; empty where nobody said. */
  readonly schema: string
}

/** What a look says that is about no release. */
export const noContent: Content = { id: '', version: '', sha: '', manifest: '', schema: '' }

/** The values of a release's state file: what its process, its undo and a boot hook read. */
export function stateOf(content: Content, inputs: DeployInputs): Record<string, string | number> {
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
    stop: words(inputs.stop),
    activate: words(inputs.activate),
    deactivate: words(inputs.deactivate),
  }
}

function restartState(restart: Restart): Record<string, string> {
  switch (restart.kind) {
    case 'systemd':
      return { restart_kind: 'systemd', restart: restart.unit }
    case 'command':
      return { restart_kind: 'command', restart: words(restart.words) }
    case 'none':
      return { restart_kind: 'none', restart: '' }
  }
}

function checkState(check: Check): Record<string, string> {
  switch (check.kind) {
    case 'url':
      return { check_kind: 'url', check: check.url }
    case 'command':
      return { check_kind: 'command', check: words(check.words) }
    case 'none':
      return { check_kind: 'none', check: '' }
  }
}

/** Who holds a host's lock, for the people who find it there. */
export function ownerNote(service: string, environment: string): string {
  return `${actor('held')}, ${service} ${environment}, since ${new Date().toISOString()}`
}

/** Gives a lock back that nothing was done under. */
export async function giveBack({ connection, held }: FleetHost): Promise<HostState> {
  return undoOnHost(connection, held, script, 5)
}

/** Whether what is live passes the host's check right now. */
export async function isHealthy(connection: Connection, inputs: DeployInputs, params: string): Promise<boolean> {
  const reply = await call(connection, script.text, 'check', { base: inputs.path, params }, { timeoutMs: 30_000 })
  return reply.last('healthy') === 'yes'
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: DeployInputs): number {
  return inputs.checkTimeout + 180
}

/**
 * Runs a task with a signal that is aborted when the step is interrupted or when `seconds` are over.
 * @throws Failure `deadline` where it was the latter
 */
export async function withinDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  try {
    return await task(AbortSignal.any([signal, deadline]))
  } catch (cause) {
    if (!deadline.aborted || signal.aborted) throw cause
    throw new Failure('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause })
  }
}
