import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, joinRelease, messageOf, type Outcome, refuseAfterReturn, type Step } from '@belay/action-kit'
import type { Release } from '@belay/release'
import {
  allOrNone,
  arm,
  assignments,
  call,
  type Holding,
  type HostFacts,
  type HostState,
  hold,
  hostKeeper,
  look,
  onAll,
  openFleet,
  renew,
} from '@belay/remote'
import type { DeployInputs } from './inputs.ts'
import { isCandidate, type Observed, type Plan, planRelease, type Stage } from './plan.ts'
import { missing, recoveryUnit, refuseMissing } from './preflight.ts'
import {
  type Content,
  changeSeconds,
  type FleetHost,
  fleetOf,
  giveBack,
  isHealthy,
  ownerNote,
  stateOf,
  withinDeadline,
} from './release.ts'
import { script } from './script.ts'
import { openSource, type Source } from './source.ts'
import { type SavedRelease, targetName, targetsOf } from './undo.ts'
import { upload } from './upload.ts'

export type DeployStep = Step<SavedRelease>

/** What a release works with, from the first look to the last. */
export interface Work {
  readonly step: DeployStep
  readonly inputs: DeployInputs
  readonly fleet: readonly FleetHost[]
  readonly content: Content
  readonly signal: AbortSignal
}

/** `command: deploy`: everything on all hosts before anything is switched on any. */
export async function deploy(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const release = joinRelease(step, inputs.release)
  step.output('release-id', release.id)
  refuseArmedTwice(inputs, step)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    step.record({ event: 'phase', phase: 'connect' })
    const [source, connections] = await bothOf(
      openSource(inputs.source, temporary(step), signal),
      openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal),
    )
    const content = { ...contentOf(release), manifest: source.manifest }
    const work = { step, inputs, fleet: fleetOf(connections, inputs, release.id), content, signal }
    await preflight(work, source.kib)
    return inputs.dryRun ? { result: 'unchanged' } : releaseFleet(work, source)
  })
}

/** Waits for both also where one fails: a connection that is being opened has a key on the disk until it is. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/** From the lock to the armed fleet. */
async function releaseFleet(work: Work, source: Source): Promise<Outcome> {
  const { step, inputs, fleet, content } = work
  const plan = await withLease(work, async () => {
    const observed = await lockFleet(work)
    const plan = planRelease(content.id, content.manifest, observed)
    announce(work, plan, observed)
    for (const stage of plan.stages)
      if (stage !== 'switch') await onAll(fleet, (host) => before(work, stage, host, source, observed), work.signal)
    return { ...plan, observed }
  })
  if (plan.noop) {
    for (const host of fleet)
      await giveBack(host).catch((error: unknown) =>
        step.warn(`its lock ends by itself: ${messageOf(error)}`, host.held.host),
      )
    return { result: 'noop' }
  }
  await switchFleet(work, plan.observed, plan.differed)
  if (inputs.undo) return { result: 'pending' }
  await confirmFleet(work)
  return { result: 'committed' }
}

/** Looks at every host and names all that is missing on all of them. Changes nothing. */
export async function preflight({ step, inputs, fleet, signal }: Work, kib: number): Promise<HostFacts[]> {
  step.record({ event: 'phase', phase: 'preflight' })
  const unit = inputs.restart.kind === 'systemd' ? inputs.restart.unit : ''
  const what = { base: inputs.path, unit, recovery: recoveryUnit(inputs) }
  const looks = await onAll(fleet, ({ connection }) => look(connection, what, signal), signal)
  const findings = looks.flatMap((facts) => missing(facts, inputs, kib))
  for (const { host, text } of findings.filter(({ notice }) => notice)) step.warn(text, host)
  refuseMissing(findings)
  if (inputs.dryRun) for (const facts of looks) step.info(`${facts.host}: ${facts.committed || 'nothing'} is committed`)
  return looks
}

/** All hosts' locks or none; what lost runs left is put back first, and old releases are pruned, while we are there. */
export async function lockFleet(work: Work): Promise<Observed[]> {
  const { step, inputs, fleet, content, signal } = work
  const params = stateOf(content, inputs)
  const save = { service: inputs.release.service, held: fleet.map(({ held }) => held), armed: false, differed: false }
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(save)
  step.record({ event: 'phase', phase: 'lock' })
  const owner = ownerNote(inputs.release.service, inputs.release.environment)
  const take = async ({ connection, held }: FleetHost): Promise<Holding> => {
    const holding = await hold(connection, script, held, { keep: inputs.keepReleases, owner, params }, signal)
    // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
    if (holding.settled) step.warn(settledWords(holding.settled), held.host)
    return holding
  }
  const holdings = await allOrNone(fleet, take, async (host) => void (await giveBack(host)), {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    onWait: (why) => step.info(`Waiting up to ${inputs.lockTimeout} s: ${why.split('\n')[0]}`),
  })
  return onAll(
    fleet.map((host, index) => ({ host, holding: holdings[index] as Holding })),
    async ({ host, holding }) => {
      const candidate = isCandidate(holding, content.manifest)
      const healthy = candidate && (await isHealthy(host.connection, inputs, assignments('r_', params)))
      return { ...holding, host: host.held.host, healthy }
    },
    signal,
  )
}

function settledWords(settled: string): string {
  const [end, name] = settled.split(' ')
  if (end === 'undone') return `an earlier run had left ${name} unconfirmed; it was put back first`
  return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see .belay/log/${name}.log`
}

/** The release that all hosts had committed; empty where they differ or had none. */
export function commonPrevious(observed: readonly Observed[]): string {
  const previous = [...new Set(observed.map(({ committed }) => committed))]
  return previous.length === 1 ? (previous[0] ?? '') : ''
}

/** Says what will be done, in log, outputs and summary. */
export function announce({ step, inputs, content, fleet }: Work, plan: Plan, observed: readonly Observed[]): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  step.output('previous-release', commonPrevious(observed))
  step.output(
    'hosts',
    JSON.stringify(observed.map(({ host, committed }) => ({ host, previous: committed, release: content.id }))),
  )
  step.summary(
    `**deploy-ssh** ${inputs.release.service} ${inputs.release.environment} ${content.version} on ${fleet.length} host(s)\n\n` +
      plan.lines.map((line) => `- ${line}`).join('\n'),
  )
}

async function before(
  work: Work,
  stage: Exclude<Stage, 'switch'>,
  { connection, held }: FleetHost,
  source: Source,
  observed: readonly Observed[],
): Promise<void> {
  const { step, inputs, content, signal } = work
  step.record({ event: 'phase', phase: stage, host: held.host })
  if (stage === 'upload') {
    const linkTo = observed.find(({ host }) => host === held.host)?.committed ?? ''
    await upload(connection, source.folder, `${inputs.path}/releases/.incoming-${content.id}`, linkTo, signal)
    return
  }
  const values = {
    base: inputs.path,
    params: assignments('r_', { release: content.id }),
    shared: inputs.shared.map((path) => `${path} ${'../'.repeat(path.split('/').length + 1)}`).join('\n'),
  }
  await call(connection, script.text, 'prepare', values, { timeoutMs: 60_000, signal })
}

/** Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. */
export async function switchFleet(work: Work, observed: readonly Observed[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const { service } = inputs.release
  refuseAfterReturn(step.journal)
  step.save({ service, held: fleet.map(({ held }) => held), armed: true, differed })
  const targets = targetsOf({ service, held: fleet.map(({ held }) => held) })
  const previous = Object.fromEntries(observed.map(({ host, committed }) => [host, committed]))
  const phase = (name: string, host: string) => step.record({ event: 'phase', phase: name, host })
  for (const { held } of fleet) phase('switch', held.host)
  step.arm(targets, inputs.confirmTimeout, previous)
  step.info(`Unless this job confirms, the hosts go back by themselves at ${inSeconds(inputs.confirmTimeout)}.`)
  const states = await onAll(
    fleet,
    ({ connection, held }) =>
      arm(connection, held, {
        window: inputs.confirmTimeout,
        wait: changeSeconds(inputs),
        signal,
        onPhase: (name) => phase(name, held.host),
      }),
    signal,
  )
  refuseFailed(fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

function refuseFailed(fleet: readonly FleetHost[], states: readonly HostState[]): void {
  const failed = states.flatMap((state, index) => {
    if (state.worked && state.state === 'armed') return []
    const [phase = '', ...why] = state.failed.split(' ')
    const ended =
      state.state === 'armed' ? 'its process ended before it was through' : `is ${state.state} (${state.who})`
    const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : ended}`
    return [{ code: phase || 'switch', text }]
  })
  const [first] = failed
  if (!first) return
  throw new Failure(
    `${first.code}-failed`,
    failed.map(({ text }) => text).join('\n'),
    'see what the service says on the host; all hosts of this step are put back.',
  )
}

/** Makes the change final now, at the end of this main (`undo: false`, rollback); after the first confirm no way back. */
export async function confirmFleet({ step, inputs, fleet }: Work): Promise<void> {
  const saved = { service: inputs.release.service, held: fleet.map(({ held }) => held), armed: true, differed: false }
  step.save({ ...saved, confirming: true })
  const settled = await hostKeeper(() => inputs.credentials, step.journal.recordPath).confirm(targetsOf(saved))
  step.settle(settled)
  for (const one of settled) step.record({ event: 'settled', ...one })
  const late = settled.filter(({ result }) => result !== 'committed')
  if (late.length === 0) return
  throw new Failure(
    'not-confirmed',
    late.map(({ target, detail }) => `${target} ${detail}`).join('\n'),
    'run `command: status`: it says what each host serves; then release or roll back again.',
  )
}

/** Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. */
export async function withLease<T>(work: Work, task: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // A renewal that fails is the connection's trouble: the work itself will say so.
    for (const { connection, held } of work.fleet) void renew(connection, held).catch(() => {})
  }, 8000)
  try {
    return await task()
  } finally {
    clearInterval(timer)
  }
}

/** @throws Failure where an earlier step of this job changed the same service on one of these hosts. */
function refuseArmedTwice(inputs: DeployInputs, step: DeployStep): void {
  const armed = new Set(step.journal.read().steps.flatMap((other) => other.armed.map(({ name }) => name)))
  const twice = inputs.hosts.find(({ name }) => armed.has(targetName(inputs.release.service, name)))
  if (!twice) return
  throw new Failure(
    'armed-twice',
    `An earlier step of this job already released ${inputs.release.service} to ${twice.name}.`,
    'release a service once a job; give other services a name of their own by the input service.',
  )
}

function contentOf(release: Release): Omit<Content, 'manifest'> {
  return { id: release.id, version: release.version, sha: release.sha }
}

function temporary(step: DeployStep): string {
  const folder = join(step.journal.folder, step.id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function inSeconds(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`
}
