import { type Client, followFailure, followWorkloads } from '@belay/kubernetes'

export interface Following {
  readonly namespace: string
  /** In seconds. */
  readonly deadline: number
  readonly signal: AbortSignal
  readonly info: (text: string) => void
}

/** How long a pod may wait for its node, its image and its configuration, in seconds. */
const progressTimeout = 300

/** Follows a Job until it has ended well. @throws Failure with the reason, once events and last log lines are printed */
export async function followJob(
  client: Client,
  name: string,
  { namespace, deadline, signal, info }: Following,
): Promise<void> {
  const outcome = await followWorkloads(client, {
    namespace,
    workloads: [{ kind: 'Job', name }],
    progressTimeout,
    deadline,
    signal,
    onProgress: info,
  })
  if (outcome.ok) return
  signal.throwIfAborted()
  throw followFailure(outcome)
}
