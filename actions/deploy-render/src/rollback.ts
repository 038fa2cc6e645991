import { Failure, joinRelease, type MainOutcome } from '@belay/action-kit'
import { type ApiClient, openClient } from './api-client.ts'
import { contentName, contentOf, type Deploy, type Service } from './api-objects.ts'
import type { RenderStep } from './context.ts'
import type { Dependencies } from './dependencies.ts'
import { commitOfAll, hasDisk, releaseAll } from './deploy.ts'
import { healthChecksFor } from './health-check-plan.ts'
import type { RenderInputs } from './inputs.ts'
import type { DeployInspection } from './inspection.ts'
import { type DeployAction, liveOf, type Plan, type PlannedService } from './plan.ts'
import { type ResolvedService, resolveServices } from './resolve.ts'
import { isWanted, othersUnderWay } from './under-way.ts'

/**
 * `command: rollback`: restores the earlier deploy that `to` names on every service, without a build, the last group
 * first. It is final at the end of its main; if it fails, it restores what was live when it began.
 */
export async function rollback(
  inputs: RenderInputs,
  step: RenderStep,
  dependencies: Dependencies,
): Promise<MainOutcome> {
  const release = joinRelease(step, inputs.release)
  step.output('release-id', release.id)
  const { clock, random } = dependencies
  const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 }
  const context = {
    inputs,
    step,
    dependencies,
    client: openClient(dependencies.transport(inputs.api), deadline),
    sha: undefined,
  }
  step.record({ event: 'phase', phase: 'resolve' })
  const named = await resolveServices(context.client, inputs)
  step.record({ event: 'phase', phase: 'plan' })
  const inspections = (
    await Promise.all(named.map((group) => inspectGroup(context.client, inputs, group)))
  ).toReversed()
  const plan = planRollback(inspections, inputs)
  for (const { line } of plan.groups.flat()) step.info(line)
  if (plan.refusals.length > 0)
    throw new Failure(
      'refused',
      `The rollback is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`,
    )
  if (inputs.dryRun) {
    step.info('Nothing was changed.')
    return { result: 'unchanged' }
  }
  noteChosen(step, inputs.release.service, commitOfAll(plan))
  const { result } = await releaseAll(context, plan, inspections)
  return { result: result === 'pending' ? 'committed' : result }
}

/** GitHub's deployments know the version's name, but only Render knows its commit for certain. */
function noteChosen(step: RenderStep, service: string, sha: string): void {
  const known = step.journal.read().chosen.findLast((one) => one.service === service)?.release
  if (sha === '' || known?.sha === sha) return
  step.record({ event: 'chosen', service, release: { id: '', version: sha, sha } })
}

/** A service, and the deploy to restore. */
export interface RollbackInspection extends DeployInspection {
  /** Undefined: the service was not part of the release to restore. */
  readonly targetId: string | undefined
  /** Undefined if Render no longer knows that deploy. */
  readonly targetDeploy: Deploy | undefined
}

function inspectGroup(
  client: ApiClient,
  inputs: RenderInputs,
  group: readonly ResolvedService[],
): Promise<RollbackInspection[]> {
  return Promise.all(
    group.map(async ({ requestedName, service }) => {
      const targetId = inputs.to.find(
        (targetDeploy) => targetDeploy.service === service.id || targetDeploy.service === service.name,
      )?.deploy
      const deploys = await client.deploys(service.id)
      const rollbackTarget =
        deploys.find(({ id }) => id === targetId) ?? (targetId && (await client.deploy(service.id, targetId)))
      const inspection = {
        requestedName,
        service,
        deploys,
        env: [],
        variables: [],
        relation: undefined,
        changed: undefined,
      }
      const content = rollbackTarget ? contentOf(rollbackTarget) : undefined
      if (content && 'commit' in content) healthChecksFor(requestedName, service, inputs, content.commit)
      return { ...inspection, content, healthy: true, targetId, targetDeploy: rollbackTarget || undefined }
    }),
  )
}

/** Plans a rollback from the inspections. Pure. */
export function planRollback(
  groups: readonly (readonly RollbackInspection[])[],
  { undoDisks }: Pick<RenderInputs, 'undoDisks'>,
): Plan & { readonly groups: readonly (readonly PlannedService[])[] } {
  return {
    groups: groups.map((group) => group.map(planService)),
    refusals: groups.flat().flatMap((inspection) => refusalsOf(inspection, undoDisks)),
    warnings: [],
    back: true,
  }
}

function planService(inspection: RollbackInspection): PlannedService {
  const { service, deploys, targetDeploy, targetId } = inspection
  const live = liveOf(deploys)
  const before = live ? deployName(live) : 'nothing'
  const planned = (action: DeployAction, words: string) => ({
    ...inspection,
    live,
    action,
    line: `${service.name}: ${words}`,
  })
  if (targetId === undefined)
    return planned({ do: 'nothing', why: 'untouched' }, 'it was not part of that release; not changed')
  if (!isAtTarget(inspection))
    return planned(
      { do: 'rollback', deploy: targetId },
      `${before} → ${targetDeploy ? deployName(targetDeploy) : targetId} (rollback)`,
    )
  const others = othersUnderWay(deploys, { deploy: targetId, content: inspection.content }).map(deployName)
  return others.length > 0
    ? planned({ do: 'stop', deploy: targetId }, `${before} is live already; deploys to cancel: ${others.join(', ')}`)
    : planned({ do: 'nothing', why: 'live' }, `${before} is live already; nothing to do`)
}

/** Whether the target's content is live; a rollback of Render creates a new deploy with the same content. */
function isAtTarget({ deploys, targetId, content }: RollbackInspection): boolean {
  const live = liveOf(deploys)
  return live !== undefined && targetId !== undefined && isWanted(live, { deploy: targetId, content })
}

function refusalsOf(inspection: RollbackInspection, undoDisks: readonly string[]): string[] {
  const { service, targetDeploy, targetId } = inspection
  if (targetId === undefined || isAtTarget(inspection)) return []
  const mayGo = !hasDisk(service) || [service.name, service.id].some((name) => undoDisks.includes(name))
  return [
    ...(service.suspended === 'suspended' ? [`${service.name} is suspended; resume it first`] : []),
    ...(targetDeploy
      ? []
      : [`${service.name}: Render does not know the deploy ${targetId} any more; ${redeployHint(service)}`]),
    ...(targetDeploy && !['live', 'deactivated'].includes(targetDeploy.status)
      ? [
          `${service.name}: the deploy ${targetId} is ${targetDeploy.status} and was never live; ${redeployHint(service)}`,
        ]
      : []),
    ...(mayGo
      ? []
      : [
          `${service.name} has a disk, and old code may not understand new data; name it in undo-disks if it may be rolled back`,
        ]),
  ]
}

function redeployHint({ imagePath }: Service): string {
  return imagePath
    ? 'deploy the previous image instead'
    : 'deploy the previous commit instead, with allow-older: true, which builds it again'
}

function deployName(deploy: Deploy): string {
  const content = contentOf(deploy)
  return `${content ? contentName(content) : 'of unknown content'} (${deploy.id})`
}
