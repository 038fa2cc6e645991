import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, joinRelease, type Outcome, refuseAfterReturn, type Step } from '@belay/action-kit'
import type { Release } from '@belay/release'
import {
  allOrNone,
  arm,
  assignments,
  call,
  confirm,
  type Holding,
  type HostFacts,
  type HostState,
  hold,
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
  deadlineSignal,
  type FleetHost,
  fleetOf,
  giveBack,
  isHealthy,
  ownerNote,
  script,
  stateOf,
} from './release.ts'
import { openSource, type Source } from './source.ts'
import { type SavedRelease, targetName } from './undo.ts'
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
  const { signal, passed } = deadlineSignal(step.signal, inputs.deadline)
  try {
    step.record({ event: 'phase', phase: 'connect' })
    const [source, connections] = await Promise.all([
      openSource(inputs.source, temporary(step)),
      openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal),
    ])
    const content = { ...contentOf(release), manifest: source.manifest }
    const work = { step, inputs, fleet: fleetOf(connections, inputs, release.id), content, signal }
    await preflight(work, source.kib)
    if (inputs.dryRun) return { result: 'unchanged' }
    return await releaseFleet(work, source)
  } catch (error) {
    if (passed() && !step.signal.aborted)
      throw new Failure('deadline', `The deadline of ${inputs.deadline} s passed.`, 'raise the input deadline.', {
        cause: error,
      })
    throw error
  }
}

/** From the lock to the armed fleet. */
async function releaseFleet(work: Work, source: Source): Promise<Outcome> {
  const { inputs, fleet, content } = work
  const observed = await lockFleet(work)
  const plan = planRelease(content.id, content.manifest, observed)
  announce(work, plan, observed)
  if (plan.noop) {
    await Promise.all(fleet.map(giveBack))
    return { result: 'noop' }
  }
  await withLease(work, async () => {
    for (const stage of plan.stages) {
      if (stage === 'switch') break
      await onAll(fleet, (host) => before(work, stage, host, source, observed), work.signal)
    }
  })
  await switchFleet(work, observed, plan.differed)
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
    if (holding.settled)
      step.warn(`an earlier run had left ${holding.settled} unconfirmed; it was put back first`, held.host)
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

function announce({ step, inputs, content, fleet }: Work, plan: Plan, observed: readonly Observed[]): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  const previous = [...new Set(observed.map(({ committed }) => committed))]
  step.output('previous-release', previous.length === 1 ? (previous[0] ?? '') : '')
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
  const targets = fleet.map(({ held }) => ({ name: targetName(service, held.host), service, handle: held }))
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
    const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : `is ${state.state} (${state.who})`}`
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

/** Makes the change final now, at the end of this main (`undo: false`, rollback). */
export async function confirmFleet({ step, inputs, fleet, signal }: Work): Promise<void> {
  const { service } = inputs.release
  const states = await onAll(fleet, ({ connection, held }) => confirm(connection, held, ''), signal)
  step.settle(
    states.map((state, index) => ({
      target: targetName(service, fleet[index]?.held.host ?? ''),
      service,
      result: state.state === 'confirmed' ? 'committed' : 'mixed',
      detail: state.state === 'confirmed' ? 'confirmed' : `could not be confirmed: it is ${state.state}`,
    })),
  )
  const late = states.find(({ state }) => state !== 'confirmed')
  if (late) throw new Failure('not-confirmed', `A host could not be confirmed: it is ${late.state} (${late.who}).`)
}

/** Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. */
export async function withLease(work: Work, task: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    // A renewal that fails is the connection's trouble: the work itself will say so.
    for (const { connection, held } of work.fleet) void renew(connection, held).catch(() => {})
  }, 8000)
  try {
    await task()
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
