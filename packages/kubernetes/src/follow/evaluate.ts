import { isDone } from './done.ts'
import { sightingsOfPod, sightingsOfWorkload } from './known.ts'
import { isReady } from './objects.ts'
import { minuteSeconds, type Reason, reasonFor, reasons, secondSightSeconds } from './reasons.ts'
import type { Sighting } from './sightings.ts'
import type { FollowedPod, FollowedWorkload, FollowState } from './state.ts'

/** Something that is wrong, and with which pod. */
export interface Finding {
  readonly sighting: Sighting
  readonly pod: FollowedPod | undefined
}

/** Why a workload failed, and where its own reason says little, what its pods say. */
export interface Failing extends Finding {
  readonly workload: string
  readonly explanation: Finding | undefined
}

export type Evaluation =
  | { readonly verdict: 'done' }
  | { readonly verdict: 'failed'; readonly failing: Failing }
  /** `ask`: uids of pods for which an autoscaler must be asked after. */
  | { readonly verdict: 'going'; readonly ask: readonly string[] }

/** How long an answer about an autoscaler holds. */
const scalingAnswerSeconds = 20

/** What the state comes to at `now`; a workload without progress for `progressTimeout` seconds has failed. Pure. */
export function evaluate(state: FollowState, progressTimeout: number, now: number): Evaluation {
  const ask: string[] = []
  const failing: Failing[] = []
  let done = true
  for (const [name, workload] of state.workloads) {
    if (isDone(workload, now)) continue
    done = false
    const due = [
      ...findingsOf(workload, state).filter((finding) => isDue(finding, workload, now, ask)),
      ...workloadFindings(workload, progressTimeout, now),
    ]
    for (const finding of due)
      failing.push({ ...finding, workload: name, explanation: explanationOf(finding, workload, state) })
  }
  const [first] = failing.sort(byTable)
  if (first) return { verdict: 'failed', failing: first }
  return done ? { verdict: 'done' } : { verdict: 'going', ask }
}

/** As if this were wrong with the first workload that is not complete: for a deadline and a cancel. Pure. */
export function failAll(state: FollowState, word: 'deadline' | 'interrupted', now: number): Failing {
  const names = [...state.workloads.keys()]
  const name = names.find((one) => !isDone(state.workloads.get(one), now)) ?? names[0] ?? ''
  return explained({ sighting: made(word, '', now), pod: undefined, workload: name, explanation: undefined }, state)
}

/** All that is wrong with a workload and its pods, due or not; of pods that are gone only for explanations. Pure. */
export function findingsOf(workload: FollowedWorkload, state: FollowState): Finding[] {
  const own = sightingsOfWorkload(workload, state).map((sighting): Finding => ({ sighting, pod: undefined }))
  const ofPods = [...workload.pods.values()].flatMap((pod) =>
    sightingsOfPod(pod, state).map((sighting): Finding => ({ sighting, pod })),
  )
  return [...own, ...ofPods]
}

function isDue({ sighting, pod }: Finding, workload: FollowedWorkload, now: number, ask: string[]): boolean {
  const { reason, present, since } = sighting
  if (!present || pod?.gone || (reason.leftToJob && workload.ref.kind === 'Job')) return false
  if (!isPatienceOver(sighting, now)) return false
  if (!reason.mayScaleUp || !pod) return true
  const answer = pod.scaling
  const fresh = answer !== undefined && answer.at >= since + minuteSeconds && now - answer.at < scalingAnswerSeconds
  if (!fresh) ask.push(pod.pod.metadata.uid ?? '')
  return fresh && !answer.up
}

function isPatienceOver({ reason, sign, since, times }: Sighting, now: number): boolean {
  switch (reason.patience) {
    case 'none':
      return true
    case 'second':
      return times >= 2 || (sign.times === undefined && now - since >= secondSightSeconds)
    case 'minute':
      return now - since >= minuteSeconds
    case 'progress':
      return false
  }
}

function workloadFindings(workload: FollowedWorkload, progressTimeout: number, now: number): Finding[] {
  const { gone, changed, completed, rollout, progressAt } = workload
  const found = (word: string, message: string, since = now): Finding[] => [
    { sighting: made(word, message, since), pod: undefined },
  ]
  if (gone) return found('missing', '')
  if (changed) return found('changed', '')
  if (workload.ref.kind !== 'Job' && completed && rollout?.observed) {
    const expected = Math.min(completed.available, rollout.wanted)
    if (rollout.available < expected) return found('fell', `${rollout.available} of ${expected} are available`)
  }
  if (isWorking(workload) || now - progressAt < progressTimeout) return []
  return found('stuck', `${Math.round(progressTimeout)} s`, progressAt)
}

/** A Job whose pod runs makes progress in its own way; its own deadline counts, and that of the whole. */
function isWorking({ ref, pods }: FollowedWorkload): boolean {
  if (ref.kind !== 'Job') return false
  return [...pods.values()].some(({ pod, gone }) => !gone && pod.status?.phase === 'Running')
}

function made(word: string, message: string, since: number): Sighting {
  const sign = { word, message }
  const reason = reasonFor('workload', sign)
  if (!reason) throw new Error(`the table of reasons has no row for "${word}"`)
  return { reason, sign, since, times: 1, present: true }
}

/** Reasons of a workload that say only that its pods are not as they should be. */
const emptyWords = new Set([
  'fell',
  'stuck',
  'deadline',
  'interrupted',
  'ProgressDeadlineExceeded',
  'kubernetes-job-failed',
  'DeadlineExceeded',
])

/** With what is known now about its pods. Pure. */
export function explained(failing: Failing, state: FollowState): Failing {
  const workload = state.workloads.get(failing.workload)
  return { ...failing, explanation: workload && explanationOf(failing, workload, state) }
}

/** Whether a finding says only that pods are not as they should be. Pure. */
export function saysLittle({ sighting }: Finding): boolean {
  return emptyWords.has(sighting.sign.word)
}

function explanationOf(finding: Finding, workload: FollowedWorkload, state: FollowState): Finding | undefined {
  if (!saysLittle(finding)) return undefined
  const isJob = workload.ref.kind === 'Job'
  const found = findingsOf(workload, state).filter(
    (one) => !saysLittle(one) && (one.sighting.present || isJob) && (!one.pod?.gone || isJob),
  )
  return found.sort(byTable)[0]
}

/** The more telling row first: that is the order of the table. Of the same row the oldest. */
function byTable(a: Finding, b: Finding): number {
  return rankOf(a.sighting.reason) - rankOf(b.sighting.reason) || a.sighting.since - b.sighting.since
}

function rankOf(reason: Reason): number {
  return reasons.indexOf(reason)
}

/** Pods to show for a failure: that of the failure first, then others with another reason, `most` in all. Pure. */
export function podsToShow(failing: Failing, state: FollowState, most: number): Finding[] {
  const findings = [...state.workloads.values()]
    .flatMap((workload) => findingsOf(workload, state))
    .filter(({ pod }) => pod !== undefined)
    .sort(byTable)
  const first = [failing, ...(failing.explanation ? [failing.explanation] : [])].filter(({ pod }) => pod !== undefined)
  const chosen: Finding[] = []
  for (const finding of [...first, ...findings]) {
    const known = chosen.some(
      ({ sighting, pod }) => sighting.reason === finding.sighting.reason || pod?.pod === finding.pod?.pod,
    )
    if (!known && chosen.length < most) chosen.push(finding)
  }
  return chosen
}

/** A new pod that is not ready and says nothing of why. Pure. */
export function silentPod(failing: Failing, state: FollowState): FollowedPod | undefined {
  const pods = [...(state.workloads.get(failing.workload)?.pods.values() ?? [])]
  return pods.find(({ pod, gone }) => !gone && !isReady(pod)) ?? pods.find(({ gone }) => !gone)
}
