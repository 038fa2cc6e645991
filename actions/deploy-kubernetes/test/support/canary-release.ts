import type { Inputs, Job, Stage } from '@belay/action-harness'
import type { Fixture, Released, Version } from './fixture.ts'
import { type SetChange, setOf } from './objects.ts'

/** What happens in a job that releases a canary, and then to all pods. */
export interface CanaryOptions {
  readonly inputs?: Inputs
  /** Of the job, when all steps have succeeded. */
  readonly status?: 'success' | 'failure' | 'cancelled'
  /** While the first step runs, or the second one. */
  readonly during?: { readonly canary?: During; readonly roll?: During }
  /** Between the two. */
  readonly between?: (canary: Stage) => Promise<unknown>
  /** A gate between the two fails. */
  readonly gateFails?: true
  /** No step releases to all pods. */
  readonly stays?: true
  /** The runner is lost after the first step, or after the second one. */
  readonly lost?: 'canary' | 'rolled'
}

type During = (job: Job, pid: number) => Promise<void>

/** A job: deploy-kubernetes with `canary`, then without; then the posts, last step first. */
export async function releaseWithCanary(
  fixture: Fixture,
  version: Version,
  change: SetChange = {},
  options: CanaryOptions = {},
): Promise<Released> {
  const job = fixture.job(version)
  const inputs = fixture.inputs(setOf(fixture.images[version], change), options.inputs)
  const [first, second] = [job.step('deploy-kubernetes', 'canary'), job.step('deploy-kubernetes', 'roll')]
  const during = (one: During | undefined) => (one ? { during: ({ pid = 0 }) => one(job, pid) } : {})
  const withCanary = { ...inputs, canary: '50%' }
  const canary = await first.main(withCanary, during(options.during?.canary))
  const lostAfter = (main: Stage, log: string): Released => {
    return { job, main, post: undefined, log, result: main.environment.BELAY_RESULT ?? '', conclusion: 'lost' }
  }
  if (options.lost === 'canary') return lostAfter(canary, canary.log)
  if (canary.exit === 0) await options.between?.(canary)
  const rolls = canary.exit === 0 && !options.gateFails && !options.stays
  const rolled = rolls ? await second.main(inputs, during(options.during?.roll)) : undefined
  const main = rolled ?? canary
  const logs = `${canary.log}\n--- to all pods\n${rolled?.log ?? ''}`
  if (options.lost) return lostAfter(main, logs)
  const isWell = main.exit === 0 && !options.gateFails
  const status = isWell ? (options.status ?? 'success') : 'failure'
  const secondPost = rolled && (await second.post({ ...inputs, 'job-status': status }, { timeoutMs: 300_000 }))
  const post = await first.post({ ...withCanary, 'job-status': status }, { timeoutMs: 300_000 })
  const isRed = status === 'failure' || post.exit !== 0 || (secondPost?.exit ?? 0) !== 0
  return {
    job,
    main,
    post,
    log: `${logs}\n--- post of the second\n${secondPost?.log ?? ''}\n--- post of the first\n${post.log}`,
    result: post.environment.BELAY_RESULT ?? '',
    conclusion: status === 'cancelled' ? 'cancelled' : isRed ? 'red' : 'green',
  }
}
