import { type Failure, sleep } from '@belay/action-kit'
import { collection, followFailure, followWorkloads, orUndefined } from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'

const pauseMs = 500

type Uids = ReadonlyMap<string, string | undefined>

/** The Jobs of hooks as they are now: one of an earlier revision may be there. */
export async function hookJobs({ client, inputs }: DeployContext, names: readonly string[]): Promise<Uids> {
  const path = collection('batch/v1', 'jobs', inputs.namespace)
  const found = await Promise.all(names.map((name) => orUndefined(client.get(`${path}/${name}`))))
  return new Map(names.map((name, index) => [name, found[index]?.metadata.uid]))
}

/**
 * Follows the Jobs that Helm starts as hooks: of one that fails Helm keeps no log, and for one without an image it would
 * wait until its timeout. Ends with `signal`. Never throws. @returns why one of them failed
 */
export async function followHooks(
  context: DeployContext,
  before: Uids,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const left = new Set(before.keys())
  while (left.size > 0 && !signal.aborted) {
    await sleep(pauseMs, signal)
    const now = await hookJobs(context, [...left]).catch(() => before)
    const started = [...now].filter(([name, uid]) => uid !== undefined && uid !== before.get(name))
    for (const [name] of started) {
      left.delete(name)
      const failure = await followHook(context, name, signal).catch(() => undefined)
      if (failure) return failure
    }
  }
  return undefined
}

async function followHook(
  { client, inputs, step }: DeployContext,
  name: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const outcome = await followWorkloads(client, {
    namespace: inputs.namespace,
    workloads: [{ kind: 'Job', name }],
    progressTimeout: inputs.deadline,
    deadline: inputs.deadline,
    signal,
    onProgress: step.info,
  })
  // A hook that has succeeded may be deleted at once.
  if (outcome.ok || outcome.code === 'workload-missing' || signal.aborted) return undefined
  return followFailure(outcome)
}
