import { type BoundedEnd, sleep } from '@belay/action-kit'
import { helmFailure } from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'
import { followHooks, hookJobs } from './hooks.ts'
import type { ChartChange } from './plan.ts'

/** Helm may see that a hook failed before we do, in milliseconds. */
const hookGraceMs = 10_000

/**
 * Lets Helm make the new revision. Not by `--rollback-on-failure`: it removes the pods before their logs are read.
 * @throws Failure `helm-failed`, or why a hook failed
 */
export async function changeByHelm(context: DeployContext, { args, saved, hooks }: ChartChange): Promise<void> {
  const { connection, inputs, signal } = context
  const helm = await connection.helm(signal)
  const before = await hookJobs(context, hooks)
  const done = new AbortController()
  const hookFailed = new AbortController()
  const following = followHooks(context, before, AbortSignal.any([signal, done.signal])).then((failure) => {
    if (failure) hookFailed.abort()
    return failure
  })
  try {
    const ended = await helm
      .run(
        [
          ...args,
          ...['--namespace', inputs.namespace, '--wait=hookOnly', '--history-max', String(saved.historyMax)],
          ...['--timeout', `${inputs.deadline}s`],
        ],
        { signal: AbortSignal.any([signal, hookFailed.signal]), timeoutMs: inputs.deadline * 1000 },
      )
      .catch((error: unknown): BoundedEnd => {
        if (!hookFailed.signal.aborted) throw error
        return { status: null, output: '', errors: '' }
      })
    if (ended.status === 0) return
    const failure = await Promise.race([following, sleep(hookGraceMs, signal).then(() => undefined)])
    const { errors, exceeded } = ended
    throw (
      failure ??
      helmFailure(`helm ${saved.by} of ${saved.name} failed`, exceeded ? `more than its ${exceeded}` : errors)
    )
  } finally {
    done.abort()
    await following
  }
}
