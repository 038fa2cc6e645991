import type { Inputs, Job, Stage } from '@belay/action-harness'
import { type Fixture, type Released, releaseIn, type Version } from './fixture.ts'
import { type SetChange, setOf } from './objects.ts'

/** What happens in a job that fills a slot and moves the traffic. */
export interface SlotOptions {
  readonly inputs?: Inputs
  /** Of the job, when all steps have succeeded. */
  readonly status?: 'success' | 'failure' | 'cancelled'
  /** Between the fill and the switch. */
  readonly filled?: (fill: Stage) => Promise<unknown>
  /** While the slot is filled. */
  readonly filling?: (job: Job, pid: number) => Promise<void>
  /** While the switch runs. */
  readonly during?: (job: Job, pid: number) => Promise<void>
  /** Between the switch and the posts. */
  readonly moved?: (move: Stage) => Promise<unknown>
  /** The runner is lost after the fill, or after the switch. */
  readonly lost?: 'filled' | 'moved'
  /** No step moves the traffic. */
  readonly stays?: true
  /** The switch is final at its own end. */
  readonly final?: true
  /** The inputs of the switch, besides those of the fill. */
  readonly switching?: Inputs
}

export const slots = 'blue green'

/** The inputs of a switch, by those of the fill. */
export function moveInputs(inputs: Inputs, more: Inputs = {}): Inputs {
  const { namespace = '', kubeconfig = '', service = '', environment = '', server = '', ca = '', token = '' } = inputs
  const access = { kubeconfig, server, ca, token }
  return { driver: 'service', slots, namespace, service, environment, 'lock-timeout': '3s', ...access, ...more }
}

/** A job: deploy-kubernetes fills the idle slot, blue-green-switch moves the traffic; then the posts, last step first. */
export async function releaseToSlot(
  fixture: Fixture,
  version: Version,
  change: SetChange = {},
  options: SlotOptions = {},
): Promise<Released> {
  const inputs = fixture.inputs(setOf(fixture.images[version], change), { slots, ...options.inputs })
  return fillAndMove(fixture.job(version), inputs, options)
}

function duringOf(job: Job, happens: SlotOptions['during']) {
  return happens ? { during: ({ pid = 0 }) => happens(job, pid) } : {}
}

async function fillAndMove(job: Job, inputs: Inputs, options: SlotOptions): Promise<Released> {
  const [fill, move] = [job.step('deploy-kubernetes'), job.step('blue-green-switch')]
  const filled = await fill.main(inputs, duringOf(job, options.filling))
  const ended = (main: Stage, log: string): Released => {
    return { job, main, post: undefined, log, result: main.environment.BELAY_RESULT ?? '', conclusion: 'lost' }
  }
  if (options.lost === 'filled') return ended(filled, filled.log)
  if (filled.exit === 0) await options.filled?.(filled)
  const given = moveInputs(inputs, { ...(options.final && { undo: 'false' }), ...options.switching })
  const moves = filled.exit === 0 && !options.stays
  const moved = moves ? await move.main(given, duringOf(job, options.during)) : undefined
  const main = moved ?? filled
  const logs = moved ? `${filled.log}\n--- switch\n${moved.log}` : filled.log
  if (options.lost) return ended(main, logs)
  if (moved?.exit === 0) await options.moved?.(moved)
  const status = main.exit === 0 ? (options.status ?? 'success') : 'failure'
  const switchPost = moved && (await move.post({ ...given, 'job-status': status }, { timeoutMs: 300_000 }))
  const post = await fill.post({ ...inputs, 'job-status': status }, { timeoutMs: 300_000 })
  const isRed = status === 'failure' || post.exit !== 0 || (switchPost?.exit ?? 0) !== 0
  return {
    job,
    main,
    post,
    log: `${logs}\n--- post of the switch\n${switchPost?.log ?? ''}\n--- post\n${post.log}`,
    result: post.environment.BELAY_RESULT ?? '',
    conclusion: status === 'cancelled' ? 'cancelled' : isRed ? 'red' : 'green',
  }
}

/** `command: rollback` of deploy-kubernetes, and a switch that is final. */
export function rollbackToSlot(fixture: Fixture, options: SlotOptions = {}): Promise<Released> {
  const inputs = { ...fixture.inputs(setOf('')), manifests: '', command: 'rollback', slots, ...options.inputs }
  return fillAndMove(fixture.job('v3'), inputs, { final: true, ...options })
}

/** `command: rollback` of blue-green-switch, in a job of its own. */
export function switchBack(fixture: Fixture, more: Inputs = {}): Promise<Released> {
  const inputs = moveInputs(fixture.inputs(setOf('')), { command: 'rollback', ...more })
  return releaseIn(fixture.job('v3'), inputs, { action: 'blue-green-switch' })
}
