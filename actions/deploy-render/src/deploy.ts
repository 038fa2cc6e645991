import { Failure, type MainOutcome } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { openClient } from './api-client.ts'
import { hasAutoDeploy } from './api-objects.ts'
import type { DeployContext, RenderStep } from './context.ts'
import type { Dependencies } from './dependencies.ts'
import { isHealthy } from './health-check.ts'
import { healthChecksFor } from './health-check-plan.ts'
import type { RenderInputs } from './inputs.ts'
import { type DeployInspection, inspectServices } from './inspection.ts'
import { type Plan, planRelease } from './plan.ts'
import { releaseGroup } from './release-group.ts'
import { reportServices, type ServiceReport } from './report.ts'
import { resolveServices } from './resolve.ts'
import type { SavedDeploys, SavedService } from './saved.ts'
import { replacedSince, verifyLive } from './verify-live.ts'

/** Releases the services group by group; each is live and checked before the next group begins. */
export async function deploy(inputs: RenderInputs, step: RenderStep, dependencies: Dependencies): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  const { clock, random } = dependencies
  const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 }
  const context = {
    inputs,
    step,
    dependencies,
    client: openClient(dependencies.transport(inputs.api), deadline),
    sha: release.sha,
  }

  const { plan, inspections } = await inspectAndPlan(context, release.sha)
  if (inputs.dryRun) {
    step.info('Nothing was changed.')
    return { result: 'unchanged' }
  }
  return releaseAll(context, plan, inspections)
}

/** Inspects all services and logs the plan. @throws Failure `refused` with every refusal of the plan */
async function inspectAndPlan(
  context: DeployContext,
  sha: string,
): Promise<{ plan: Plan; inspections: DeployInspection[][] }> {
  const { client, inputs, step, dependencies } = context
  step.record({ event: 'phase', phase: 'resolve' })
  const named = await resolveServices(client, inputs)
  for (const { requestedName, service } of named.flat()) healthChecksFor(requestedName, service, inputs, sha)
  step.record({ event: 'phase', phase: 'plan' })
  const commits = dependencies.commits(inputs.github, sha, step.signal)
  const inspections = await inspectServices(client, { ...inputs, sha }, named, commits, (asked, service) =>
    isHealthy(healthChecksFor(asked, service, inputs, sha), client.deadline, dependencies.probeTarget),
  )
  const plan = planRelease(inspections, inputs)
  for (const warning of plan.warnings) step.warn(warning)
  for (const { line } of plan.groups.flat()) step.info(line)
  if (plan.refusals.length > 0)
    throw new Failure(
      'refused',
      `The deploy is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`,
    )
  return { plan, inspections }
}

/** Carries out the plan, group by group, and then checks all services once more. */
export async function releaseAll(
  context: DeployContext,
  plan: Plan,
  inspections: readonly (readonly DeployInspection[])[],
): Promise<MainOutcome> {
  const { step } = context
  const reports = plan.groups.flat().map(
    (one): ServiceReport => ({
      name: one.service.name,
      id: one.service.id,
      url: one.service.serviceDetails?.url ?? '',
      deploy: one.action.do === 'nothing' ? (one.live?.id ?? '') : '',
      status: one.action.do === 'nothing' ? one.action.why : 'not begun',
      verified: '',
      seconds: 0,
    }),
  )
  try {
    step.output('sha', commitOfAll(plan))
    if (plan.groups.flat().every(({ action }) => action.do === 'nothing')) return { result: 'noop' }
    assertDeployedOnce(step, plan)
    const saved = savedFor(context, plan)
    step.save(saved)
    for (const [index, group] of plan.groups.entries()) {
      const replaced = plan.back ? undefined : await replacedSince(context, saved.groups.slice(0, index))
      if (replaced) return superseded(step, replaced)
      const serviceDeploys = group.map((planned, at) => ({
        planned,
        inspection: inspections[index]?.[at] as DeployInspection,
        saved: saved.groups[index]?.[at] as SavedService,
        report: reports.find(({ id }) => id === planned.service.id) as ServiceReport,
        save: () => step.save(saved),
      }))
      const supersededBy = await releaseGroup(context, serviceDeploys)
      if (supersededBy) return superseded(step, supersededBy)
    }
    const supersededBy = await verifyLive(context, plan, inspections, saved)
    return supersededBy ? superseded(step, supersededBy) : { result: 'pending' }
  } finally {
    reportServices(step, reports)
  }
}

/** The commit that every service serves after the plan; empty if they differ or if it is not known. */
export function commitOfAll(plan: Plan): string {
  const commits = plan.groups.flat().map(({ action, content, live }) => {
    if (action.do === 'nothing') return live?.commit?.id ?? ''
    return content && 'commit' in content ? content.commit : ''
  })
  const [first = ''] = commits
  return commits.every((commit) => commit === first) ? first : ''
}

/** @throws Failure `deployed-twice`: two steps that deployed the same service would undo each other's work */
function assertDeployedOnce(step: RenderStep, plan: Plan): void {
  const earlier = step.journal
    .read()
    .steps.filter(({ id, action, undo }) => id !== step.id && action === 'deploy-render' && undo !== undefined)
    .flatMap(({ undo }) => (undo as SavedDeploys).groups.flat().map(({ id }) => id))
  const twice = plan.groups
    .flat()
    .find(({ service, action }) => action.do !== 'nothing' && earlier.includes(service.id))
  if (!twice) return
  throw new Failure(
    'deployed-twice',
    `An earlier step of this job already deployed ${twice.service.name}.`,
    'name each service in only one step of a job.',
  )
}

/** Undoes nothing: the deploy that superseded this one may build upon what is live now. */
function superseded(step: RenderStep, supersededBy: string): MainOutcome {
  step.warn(`${supersededBy} This step deploys nothing more. What it has deployed stays as it is.`)
  return { result: 'superseded' }
}

function savedFor({ inputs }: DeployContext, plan: Plan): SavedDeploys {
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
        autoDeploy: hasAutoDeploy(service),
        pinnedByDisk:
          hasDisk(service) && !inputs.undoDisks.some((name) => name === service.name || name === service.id),
      })),
    ),
  }
}

export function hasDisk({ serviceDetails }: { serviceDetails?: { disk?: unknown } | null }): boolean {
  return serviceDetails?.disk !== undefined && serviceDetails.disk !== null
}
