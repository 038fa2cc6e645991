import type { Relation } from '@belay/github'
import {
  contentName,
  type Deploy,
  type DeployContent,
  hasAutoDeploy,
  isImmutable,
  isTerminal,
  matchesContent,
  type Service,
} from './api-objects.ts'

/** The state of one service when the plan is made. */
export interface Inspection {
  readonly service: Service
  /** Newest first. */
  readonly deploys: readonly Deploy[]
  /** The content to release; undefined for a cron job, which always takes the head of its branch. */
  readonly content: DeployContent | undefined
  /** The relation of the released commit to the live one; undefined if it was not asked for. */
  readonly relation: Relation | undefined
  /** Whether its files differ from the live ones; undefined where that is not known. */
  readonly changed: boolean | undefined
  /** Names of the variables whose value changes. */
  readonly variables: readonly string[]
  /** Its health check passes now; checked only if its content is live already. */
  readonly healthy: boolean
}

export type DeployAction =
  | { readonly do: 'deploy' }
  /** Another deploy of the same content is under way already, such as one that the push started. */
  | { readonly do: 'join'; readonly deploy: string }
  | { readonly do: 'nothing'; readonly why: 'live' | 'untouched' }
  /** An earlier deploy is restored. */
  | { readonly do: 'rollback'; readonly deploy: string }
  /** The wanted deploy is live; deploys under way that would replace it are cancelled. */
  | { readonly do: 'stop'; readonly deploy: string }

export interface PlannedService extends Inspection {
  readonly action: DeployAction
  readonly live: Deploy | undefined
  /** The line for the log. */
  readonly line: string
}

export interface Plan {
  readonly groups: readonly (readonly PlannedService[])[]
  /** The reasons to refuse this release; empty if there are none. */
  readonly refusals: readonly string[]
  readonly warnings: readonly string[]
  /** The plan is a rollback: other deploys under way are cancelled. */
  readonly back?: true
}

/** Plans a release from the inspections. Pure. */
export function planRelease(
  groups: readonly (readonly Inspection[])[],
  { allowOlder, clearCache }: { allowOlder: boolean; clearCache: boolean },
): Plan {
  const inspections = groups.flat()
  return {
    groups: groups.map((group) => group.map((inspection) => planService(inspection, clearCache))),
    refusals: inspections.flatMap((inspection) => refusalsOf(inspection, allowOlder)),
    warnings: inspections
      .filter(({ service }) => hasAutoDeploy(service))
      .map(({ service }) => autoDeployWarning(service)),
  }
}

function planService(inspection: Inspection, clearCache: boolean): PlannedService {
  const live = liveOf(inspection.deploys)
  const action = chooseAction(inspection, live, clearCache)
  return {
    ...inspection,
    live,
    action,
    line: `${inspection.service.name}: ${describeAction(inspection, live, action)}`,
  }
}

/** The live deploy; the newest one while Render shows two for a moment. */
export function liveOf(deploys: readonly Deploy[]): Deploy | undefined {
  return deploys.find(({ status }) => status === 'live')
}

function chooseAction(inspection: Inspection, live: Deploy | undefined, clearCache: boolean): DeployAction {
  const { deploys, changed, healthy } = inspection
  const content = joinableContent(inspection, clearCache)
  if (!content) return { do: 'deploy' }
  const newest = newestActive(deploys)
  if (newest && matchesContent(newest, content)) return { do: 'join', deploy: newest.id }
  // A deploy under way will replace the live one, so the live one does not count.
  if (newest || !live) return { do: 'deploy' }
  if (matchesContent(live, content)) return healthy ? { do: 'nothing', why: 'live' } : { do: 'deploy' }
  return changed === false ? { do: 'nothing', why: 'untouched' } : { do: 'deploy' }
}

/**
 * Chooses the action again when a service's turn comes. If another deploy of the same content has started or gone live
 * since the plan, that one is joined. Pure.
 */
export function rechooseAction(planned: PlannedService, deploys: readonly Deploy[], clearCache: boolean): DeployAction {
  const { action, live } = planned
  const content = joinableContent(planned, clearCache)
  if (action.do !== 'deploy' || !content) return action
  const newest = newestActive(deploys)
  if (newest) return matchesContent(newest, content) ? { do: 'join', deploy: newest.id } : action
  const now = liveOf(deploys)
  return now && now.id !== live?.id && matchesContent(now, content) ? { do: 'join', deploy: now.id } : action
}

/** The content, if another deploy of it may be joined; new variables and a cleared cache need a deploy of their own. */
function joinableContent({ content, variables }: Inspection, clearCache: boolean): DeployContent | undefined {
  return variables.length === 0 && !clearCache && content && isImmutable(content) ? content : undefined
}

function newestActive(deploys: readonly Deploy[]): Deploy | undefined {
  return deploys.find(({ status }) => !isTerminal(status))
}

function describeAction({ content, variables }: Inspection, live: Deploy | undefined, action: DeployAction): string {
  const before = live ? (live.commit?.id?.slice(0, 12) ?? live.image?.ref ?? live.id) : 'nothing'
  const after = content ? contentName(content) : 'what its branch has'
  const set = variables.length > 0 ? `, setting ${variables.join(', ')}` : ''
  switch (action.do) {
    case 'deploy':
      return `${before} → ${after}${set}`
    case 'rollback':
      return `${before} → ${after} (rollback)`
    case 'stop':
      return `${after} is live already; other deploys under way are cancelled`
    case 'join':
      return `${before} → ${after}, by the deploy ${action.deploy}, which is under way already`
    case 'nothing':
      return action.why === 'live'
        ? `${after} is live and healthy; nothing to do`
        : `none of its files changed since ${before}; not deployed`
  }
}

function refusalsOf(inspection: Inspection, allowOlder: boolean): string[] {
  const { service, relation, content } = inspection
  const refused: string[] = []
  if (service.suspended === 'suspended') refused.push(`${service.name} is suspended; resume it first`)
  if (service.imagePath && !content)
    refused.push(`${service.name} runs the image ${service.imagePath}; give its version in the input image`)
  if (!allowOlder && (relation === 'behind' || relation === 'diverged')) {
    const how = relation === 'behind' ? 'is older than' : 'does not descend from'
    refused.push(`${service.name}: the released commit ${how} the live one; allow-older: true releases it anyway`)
  }
  return refused
}

function autoDeployWarning({ name }: Service): string {
  return `${name} also deploys automatically on every push, even before or during this release, because auto-deploy is on. Turn it off in Render.`
}
