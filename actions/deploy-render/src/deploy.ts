import { Failure, type MainOutcome } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { isWell, questionsOf } from './check.ts'
import { openClient } from './client.ts'
import { releaseGroup } from './group.ts'
import type { RenderInputs } from './inputs.ts'
import { lastLook, replacedSince } from './last-look.ts'
import { type FullLook, lookAtAll } from './look.ts'
import { deploysByItself } from './objects.ts'
import { type Plan, planRelease } from './plan.ts'
import { resolveServices } from './resolve.ts'
import type { Saved, SavedService } from './saved.ts'
import { type ServiceReport, tell } from './tell.ts'
import type { RenderStep, Work } from './work.ts'
import type { World } from './world.ts'

/** Releases the services group by group; each is live and checked before the next group begins. */
export async function deploy(inputs: RenderInputs, step: RenderStep, world: World): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  const { clock, random } = world
  const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 }
  const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds), sha: release.sha }

  const { plan, looks } = await look(work, release.sha)
  if (inputs.dryRun) {
    step.info('Nothing was changed.')
    return { result: 'unchanged' }
  }
  return releaseAll(work, plan, looks)
}

/** Looks at everything, says what would be done, and refuses what must not be. */
async function look(work: Work, sha: string): Promise<{ plan: Plan; looks: FullLook[][] }> {
  const { client, inputs, step, world } = work
  step.record({ event: 'phase', phase: 'resolve' })
  const named = await resolveServices(client, inputs)
  for (const { asked, service } of named.flat()) questionsOf(asked, service, inputs, sha)
  step.record({ event: 'phase', phase: 'plan' })
  const commits = world.commits(inputs.github, sha, step.signal)
  const looks = await lookAtAll(client, { ...inputs, sha }, named, commits, (asked, service) =>
    isWell(questionsOf(asked, service, inputs, sha), client.bounds, world.targetOf),
  )
  const plan = planRelease(looks, inputs)
  for (const warning of plan.warnings) step.warn(warning)
  for (const { line } of plan.groups.flat()) step.info(line)
  if (plan.refusals.length > 0)
    throw new Failure('refused', `Nothing was touched.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`)
  return { plan, looks }
}

/** Releases what was planned, group by group, and looks at all once more. */
export async function releaseAll(
  work: Work,
  plan: Plan,
  looks: readonly (readonly FullLook[])[],
): Promise<MainOutcome> {
  const { step } = work
  const reports = plan.groups.flat().map(
    (one): ServiceReport => ({
      name: one.service.name,
      id: one.service.id,
      url: one.service.serviceDetails?.url ?? '',
      deploy: one.doing.do === 'nothing' ? (one.live?.id ?? '') : '',
      status: one.doing.do === 'nothing' ? one.doing.why : 'not begun',
      verified: '',
      seconds: 0,
    }),
  )
  try {
    step.output('sha', commitOfAll(plan))
    if (plan.groups.flat().every(({ doing }) => doing.do === 'nothing')) return { result: 'noop' }
    refuseTwice(step, plan)
    const saved = savedFor(work, plan)
    step.save(saved)
    for (const [index, group] of plan.groups.entries()) {
      const replaced = plan.back ? undefined : await replacedSince(work, saved.groups.slice(0, index))
      if (replaced) return superseded(step, replaced)
      const places = group.map((planned, at) => ({
        planned,
        look: looks[index]?.[at] as FullLook,
        mine: saved.groups[index]?.[at] as SavedService,
        report: reports.find(({ id }) => id === planned.service.id) as ServiceReport,
        save: () => step.save(saved),
      }))
      const overtaken = await releaseGroup(work, places)
      if (overtaken) return superseded(step, overtaken)
    }
    const overtaken = await lastLook(work, plan, looks, saved)
    return overtaken ? superseded(step, overtaken) : { result: 'pending' }
  } finally {
    tell(step, reports)
  }
}

/** The commit that every service serves once the plan is done; empty where they differ, or where it is not known. */
export function commitOfAll(plan: Plan): string {
  const commits = plan.groups.flat().map(({ doing, content, live }) => {
    if (doing.do === 'nothing') return live?.commit?.id ?? ''
    return content && 'commit' in content ? content.commit : ''
  })
  const [first = ''] = commits
  return commits.every((commit) => commit === first) ? first : ''
}

/** @throws Failure where an earlier step of this job deployed the same: each would undo into the other's work */
function refuseTwice(step: RenderStep, plan: Plan): void {
  const earlier = step.journal
    .read()
    .steps.filter(({ id, action, undo }) => id !== step.id && action === 'deploy-render' && undo !== undefined)
    .flatMap(({ undo }) => (undo as Saved).groups.flat().map(({ id }) => id))
  const twice = plan.groups.flat().find(({ service, doing }) => doing.do !== 'nothing' && earlier.includes(service.id))
  if (!twice) return
  throw new Failure(
    'deployed-twice',
    `An earlier step of this job already deployed ${twice.service.name}.`,
    'name every service in one step of a job only.',
  )
}

/** What overtook was built upon what is there now: nothing is taken from under it. */
function superseded(step: RenderStep, overtaken: string): MainOutcome {
  step.warn(`${overtaken} Nothing more is deployed by this step, and what it has deployed is left as it is.`)
  return { result: 'superseded' }
}

function savedFor({ inputs }: Work, plan: Plan): Saved {
  return {
    service: inputs.release.service,
    apiUrl: inputs.api.url,
    groups: plan.groups.map((group) =>
      group.map(({ service, content, live }) => ({
        id: service.id,
        name: service.name,
        dashboardUrl: service.dashboardUrl ?? '',
        content,
        previous: live && { id: live.id, name: live.commit?.id ?? live.image?.ref ?? live.id },
        autoDeploy: deploysByItself(service),
        keeps: hasDisk(service) && !inputs.undoDisks.some((name) => name === service.name || name === service.id),
      })),
    ),
  }
}

export function hasDisk({ serviceDetails }: { serviceDetails?: { disk?: unknown } | null }): boolean {
  return serviceDetails?.disk !== undefined && serviceDetails.disk !== null
}
