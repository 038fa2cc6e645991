import { Failure } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import { type DeployContent, type EnvVar, matchesContent, type Service } from './api-objects.ts'
import { affectsService, type Commits } from './commits.ts'
import { repositoryOf, spelledAs } from './image.ts'
import type { RenderInputs } from './inputs.ts'
import { type Inspection, liveOf } from './plan.ts'
import type { ResolvedService } from './resolve.ts'

/** An inspection, with the variables to set and their current values. */
export interface DeployInspection extends Inspection {
  readonly requestedName: string
  readonly env: readonly { readonly key: string; readonly value: string; readonly before: string | undefined }[]
}

/** The inputs that an inspection needs; `sha` is the released commit. */
type InspectionInputs = Pick<RenderInputs, 'images' | 'variables' | 'allowOlder'> & { readonly sha: string }

/** Inspects every service. Changes nothing. */
export async function inspectServices(
  client: ApiClient,
  inputs: InspectionInputs,
  groups: readonly (readonly ResolvedService[])[],
  commits: Commits,
  isHealthy: (requestedName: string, service: Service) => Promise<boolean>,
): Promise<DeployInspection[][]> {
  assertImagesUsed(inputs.images, groups.flat())
  return Promise.all(
    groups.map((group) => Promise.all(group.map((named) => inspectService(client, inputs, named, commits, isHealthy)))),
  )
}

async function inspectService(
  client: ApiClient,
  inputs: InspectionInputs,
  { requestedName, service }: ResolvedService,
  commits: Commits,
  isHealthy: (requestedName: string, service: Service) => Promise<boolean>,
): Promise<DeployInspection> {
  const variables = inputs.variables.filter((one) => one.service === undefined || one.service === requestedName)
  const [deploys, now] = await Promise.all([
    client.deploys(service.id),
    variables.length > 0 ? client.env(service.id) : Promise.resolve([]),
  ])
  const content = contentFor(service, inputs)
  const live = liveOf(deploys)
  const env = changedVariables(variables, now)
  const commit = live?.commit?.id
  const other = content !== undefined && 'commit' in content && commit ? commit : undefined
  const isLive = content !== undefined && live !== undefined && matchesContent(live, content)
  const [relation, paths] =
    other !== undefined && !isLive
      ? await Promise.all([inputs.allowOlder ? undefined : commits.relation(other), commits.changed(other)])
      : [undefined, undefined]
  return {
    requestedName,
    service,
    deploys,
    content,
    env,
    variables: env.map(({ key }) => key),
    relation,
    changed: paths && affectsService(service, paths),
    healthy: isLive && (await isHealthy(requestedName, service)),
  }
}

/** The wanted variables whose current value differs. If one is given several times, the last counts. */
export function changedVariables(
  inputs: readonly { key: string; value: string }[],
  now: readonly EnvVar[],
): DeployInspection['env'] {
  const before = new Map(now.map(({ key, value }) => [key, value]))
  return [...new Map(inputs.map(({ key, value }) => [key, value]))]
    .filter(([key, value]) => before.get(key) !== value)
    .map(([key, value]) => ({ key, value, before: before.get(key) }))
}

function contentFor(service: Service, { images, sha }: InspectionInputs): DeployContent | undefined {
  if (service.imagePath) {
    const path = service.imagePath
    const image = images.find((one) => repositoryOf(one) === repositoryOf(path))
    return image === undefined ? undefined : { image: spelledAs(path, image) }
  }
  // Render accepts no commit for a cron job.
  return service.type === 'cron_job' ? undefined : { commit: sha }
}

/** @throws Failure `image-mismatch` if no service runs an image: it would silently not be released */
function assertImagesUsed(images: readonly string[], named: readonly ResolvedService[]): void {
  const known = new Set(named.map(({ service }) => repositoryOf(service.imagePath ?? '')))
  const stray = images.filter((image) => !known.has(repositoryOf(image)))
  if (stray.length === 0) return
  const theirs = named.flatMap(({ service }) =>
    service.imagePath ? [`${service.name} runs ${service.imagePath}`] : [],
  )
  throw new Failure(
    'image-mismatch',
    `No service runs the image ${stray.join(', ')}; ${theirs.join(', ') || 'all of them are built from git'}.`,
    'give an image from the repository that the service is set up with. Only tag and digest may differ.',
  )
}
