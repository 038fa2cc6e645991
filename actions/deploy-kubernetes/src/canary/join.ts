import { Failure, type JournalStep, type TargetOutcome } from '@belay/action-kit'
import { assertHeld, type LeaseRef, openState, renewLease } from '@belay/kubernetes'
import type { DeployContext, KubernetesStep } from '../context.ts'
import type { SavedRelease } from '../saved.ts'

/**
 * The canary that an earlier step of this job has left to this one.
 * @throws Failure `deployed-twice` where that step released the service to all pods: two steps would undo each other's work
 */
export function openCanary({ inputs, step, release }: DeployContext, lease: LeaseRef): JournalStep | undefined {
  const earlier = step.journal.read().steps.findLast(({ id, action, undo, ended }) => {
    const other = undo as SavedRelease | undefined
    if (id === step.id || action !== 'deploy-kubernetes' || other === undefined) return false
    const isOver = ended !== undefined && ['rolled-back', 'unchanged', 'noop'].includes(ended.result)
    return !isOver && other.lease.name === lease.name && other.lease.namespace === lease.namespace
  })
  if (!earlier) return undefined
  const { canary, joins, release: id } = earlier.undo as SavedRelease
  const isOpen = canary !== undefined && joins === undefined && earlier.ended?.ok === true
  if (isOpen && id === release.id && inputs.command === 'deploy' && inputs.canary === undefined) return earlier
  throw new Failure(
    'deployed-twice',
    `An earlier step of this job already deployed ${lease.service} to ${lease.namespace}.`,
    'release all objects of a service in one step, or give the steps different service names. A second step without canary releases to all pods what a first one with canary has begun.',
  )
}

/** Goes on with the transaction of the canary, under its lock. @throws Failure `not-held` */
export async function joinCanary(
  { client, step }: DeployContext,
  lease: LeaseRef,
  canary: JournalStep,
): Promise<SavedRelease> {
  const saved = canary.undo as SavedRelease
  await assertHeld(client, lease, openState(saved.release), 'Nothing more was changed.')
  await renewLease(client, lease)
  const joined: SavedRelease = { ...saved, joins: canary.id }
  step.save(joined)
  step.output('previous-release', saved.committed?.release ?? '')
  return joined
}

/** What ends the transaction that a step began: its own post, or that of the step which joined it, and had its post before. */
export function endOf(saved: SavedRelease, { id, journal }: KubernetesStep): SavedRelease | TargetOutcome[] {
  const later = journal.read().steps.find(({ undo }) => (undo as SavedRelease | undefined)?.joins === id)
  if (!later) return saved
  return later.outcomes.length > 0 ? [...later.outcomes] : (later.undo as SavedRelease)
}
