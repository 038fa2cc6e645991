import { Failure, joinRelease, type MainOutcome } from '@belay/action-kit'
import { questionsOf } from './check.ts'
import { type Client, openClient } from './client.ts'
import { commitOfAll, hasDisk, releaseAll } from './deploy.ts'
import type { RenderInputs } from './inputs.ts'
import type { FullLook } from './look.ts'
import { contentOf, type Deploy, nameOf, type Service } from './objects.ts'
import { type Doing, liveOf, type Plan, type PlannedService } from './plan.ts'
import { type Named, resolveServices } from './resolve.ts'
import { isWanted, othersUnderWay } from './under-way.ts'
import type { RenderStep } from './work.ts'
import type { World } from './world.ts'

/**
 * `command: rollback`: every service that `to` names goes back to a deploy that it had, without a build, the last group
 * first. It is final at its own end; one that fails goes back to what was live when it began.
 */
export async function rollback(inputs: RenderInputs, step: RenderStep, world: World): Promise<MainOutcome> {
  const release = joinRelease(step, inputs.release)
  step.output('release-id', release.id)
  const { clock, random } = world
  const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 }
  const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds), sha: undefined }
  step.record({ event: 'phase', phase: 'resolve' })
  const named = await resolveServices(work.client, inputs)
  step.record({ event: 'phase', phase: 'plan' })
  const looks = (await Promise.all(named.map((group) => lookAtGroup(work.client, inputs, group)))).toReversed()
  const plan = planRollback(looks, inputs)
  for (const { line } of plan.groups.flat()) step.info(line)
  if (plan.refusals.length > 0)
    throw new Failure('refused', `Nothing was touched.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`)
  if (inputs.dryRun) {
    step.info('Nothing was changed.')
    return { result: 'unchanged' }
  }
  noteChosen(step, inputs.release.service, commitOfAll(plan))
  const { result } = await releaseAll(work, plan, looks)
  return { result: result === 'pending' ? 'committed' : result }
}

/** GitHub's deployments give the version a name; which commit it is only Render knows for certain. */
function noteChosen({ id, journal }: RenderStep, service: string, sha: string): void {
  const known = journal.read().chosen.findLast((one) => one.service === service)?.release
  if (sha === '' || known?.sha === sha) return
  journal.append({ step: id, event: 'chosen', service, release: { id: '', version: sha, sha } })
}

/** A service, and the deploy that it is to go back to. */
export interface GoalLook extends FullLook {
  /** Undefined: it was not part of the release that is gone back to. */
  readonly wanted: string | undefined
  /** Undefined where Render does not know that deploy any more. */
  readonly goal: Deploy | undefined
}

function lookAtGroup(client: Client, inputs: RenderInputs, group: readonly Named[]): Promise<GoalLook[]> {
  return Promise.all(
    group.map(async ({ asked, service }) => {
      const wanted = inputs.to.find((goal) => goal.service === service.id || goal.service === service.name)?.deploy
      const deploys = await client.deploys(service.id)
      const goal = deploys.find(({ id }) => id === wanted) ?? (wanted && (await client.deploy(service.id, wanted)))
      const look = { asked, service, deploys, env: [], variables: [], relation: undefined, changed: undefined }
      const content = goal ? contentOf(goal) : undefined
      if (content && 'commit' in content) questionsOf(asked, service, inputs, content.commit)
      return { ...look, content, healthy: true, wanted, goal: goal || undefined }
    }),
  )
}

/** Plans a way back from what was seen. Pure. */
export function planRollback(
  groups: readonly (readonly GoalLook[])[],
  { undoDisks }: Pick<RenderInputs, 'undoDisks'>,
): Plan & { readonly groups: readonly (readonly PlannedService[])[] } {
  return {
    groups: groups.map((group) => group.map(planService)),
    refusals: groups.flat().flatMap((look) => refusalsOf(look, undoDisks)),
    warnings: [],
    back: true,
  }
}

function planService(look: GoalLook): PlannedService {
  const { service, deploys, goal, wanted } = look
  const live = liveOf(deploys)
  const before = live ? nameOfDeploy(live) : 'nothing'
  const planned = (doing: Doing, words: string) => ({ ...look, live, doing, line: `${service.name}: ${words}` })
  if (wanted === undefined) return planned({ do: 'nothing', why: 'untouched' }, 'it had no deploy then; left alone')
  if (!isThere(look))
    return planned({ do: 'rollback', deploy: wanted }, `${before} → ${goal ? nameOfDeploy(goal) : wanted}, back`)
  const others = othersUnderWay(deploys, { deploy: wanted, content: look.content }).map(nameOfDeploy)
  return others.length > 0
    ? planned({ do: 'stop', deploy: wanted }, `${before} is live already; ${others.join(' and ')} is stopped`)
    : planned({ do: 'nothing', why: 'live' }, `${before} is live already; nothing to do`)
}

/** A rollback made a deploy of its own, which brings the same. */
function isThere({ deploys, wanted, content }: GoalLook): boolean {
  const live = liveOf(deploys)
  return live !== undefined && wanted !== undefined && isWanted(live, { deploy: wanted, content })
}

function refusalsOf(look: GoalLook, undoDisks: readonly string[]): string[] {
  const { service, goal, wanted } = look
  if (wanted === undefined || isThere(look)) return []
  const mayGo = !hasDisk(service) || [service.name, service.id].some((name) => undoDisks.includes(name))
  return [
    ...(service.suspended === 'suspended' ? [`${service.name} is suspended; resume it first`] : []),
    ...(goal ? [] : [`${service.name}: Render does not know the deploy ${wanted} any more; ${anew(service)}`]),
    ...(goal && !['live', 'deactivated'].includes(goal.status)
      ? [`${service.name}: the deploy ${wanted} is ${goal.status} and was never live; ${anew(service)}`]
      : []),
    ...(mayGo
      ? []
      : [
          `${service.name} has a disk, and old code need not understand new data; name it in undo-disks if it may go back`,
        ]),
  ]
}

function anew({ imagePath }: Service): string {
  return imagePath
    ? 'deploy the former image instead'
    : 'deploy the former commit instead, with allow-older: true, which builds it anew'
}

function nameOfDeploy(deploy: Deploy): string {
  const content = contentOf(deploy)
  return `${content ? nameOf(content) : 'of unknown content'} (${deploy.id})`
}
