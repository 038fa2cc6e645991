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

/** What is known of one service when the plan is made. */
export interface Inspection {
  readonly service: Service
  /** Newest first. */
  readonly deploys: readonly Deploy[]
  /** What the release brings to it; undefined where there is nothing to name: a cron job takes what its branch has. */
  readonly content: DeployContent | undefined
  /** How the released commit stands to the live one; undefined where that was not asked. */
  readonly relation: Relation | undefined
  /** Whether its files differ from the live ones; undefined where that cannot be told. */
  readonly changed: boolean | undefined
  /** Names of variables that are to be set to something else than they are. */
  readonly variables: readonly string[]
  /** It answers well just now; asked only where its content is live already. */
  readonly healthy: boolean
}

export type DeployAction =
  | { readonly do: 'deploy' }
  /** Another deploy of the same content is under way already, such as one that the push started. */
  | { readonly do: 'join'; readonly deploy: string }
  | { readonly do: 'nothing'; readonly why: 'live' | 'untouched' }
  /** An earlier deploy is brought back. */
  | { readonly do: 'rollback'; readonly deploy: string }
  /** It is live; what is under way and would replace it is cancelled. */
  | { readonly do: 'stop'; readonly deploy: string }

export interface PlannedService extends Inspection {
  readonly action: DeployAction
  readonly live: Deploy | undefined
  /** For people. */
  readonly line: string
}

export interface Plan {
  readonly groups: readonly (readonly PlannedService[])[]
  /** Why this release cannot be; empty where it can. */
  readonly refusals: readonly string[]
  readonly warnings: readonly string[]
  /** It goes back: what is under way beside it is stopped. */
  readonly back?: true
}

/** Plans a release from what was seen. Pure. */
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

/** The deploy that is live; the newest where Render shows two for a moment. */
export function liveOf(deploys: readonly Deploy[]): Deploy | undefined {
  return deploys.find(({ status }) => status === 'live')
}

function chooseAction(inspection: Inspection, live: Deploy | undefined, clearCache: boolean): DeployAction {
  const { deploys, changed, healthy } = inspection
  const content = joinableContent(inspection, clearCache)
  if (!content) return { do: 'deploy' }
  const newest = newestActive(deploys)
  if (newest && matchesContent(newest, content)) return { do: 'join', deploy: newest.id }
  // What is under way will replace what is live now, so that says nothing.
  if (newest || !live) return { do: 'deploy' }
  if (matchesContent(live, content)) return healthy ? { do: 'nothing', why: 'live' } : { do: 'deploy' }
  return changed === false ? { do: 'nothing', why: 'untouched' } : { do: 'deploy' }
}

/**
 * What is to be done once the turn of a service comes: where somebody has begun the same meanwhile, or has brought it
 * live, that is joined. Pure.
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

/** The content, where somebody else's deploy of it is as good: what is set, or built anew, needs one of its own. */
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
      return `${before} → ${after}, back`
    case 'stop':
      return `${after} is live already; what is under way is cancelled`
    case 'join':
      return `${before} → ${after}, by the deploy ${action.deploy} that is under way already`
    case 'nothing':
      return action.why === 'live'
        ? `${after} is live and well; nothing to do`
        : `nothing of it has changed since ${before}; left alone`
  }
}

function refusalsOf(inspection: Inspection, allowOlder: boolean): string[] {
  const { service, relation, content } = inspection
  const refused: string[] = []
  if (service.suspended === 'suspended') refused.push(`${service.name} is suspended; resume it first`)
  if (service.imagePath && !content)
    refused.push(`${service.name} runs the image ${service.imagePath}; give the version of it in the input image`)
  if (!allowOlder && (relation === 'behind' || relation === 'diverged')) {
    const how = relation === 'behind' ? 'is older than' : 'does not descend from'
    refused.push(`${service.name}: the released commit ${how} the live one; allow-older: true releases it all the same`)
  }
  return refused
}

function autoDeployWarning({ name }: Service): string {
  return `${name} deploys by itself on every push (auto-deploy is on), beside and before this release; turn it off in Render.`
}
