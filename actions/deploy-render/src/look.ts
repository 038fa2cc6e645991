import { Failure } from '@belay/action-kit'
import type { Client } from './client.ts'
import { type Commits, touches } from './commits.ts'
import { repositoryOf, spelledAs } from './image.ts'
import type { RenderInputs } from './inputs.ts'
import { brings, type Content, type EnvVar, type Service } from './objects.ts'
import { type Look, liveOf } from './plan.ts'
import type { Named } from './resolve.ts'

/** A look, and the variables that are to be set with what they hold now. */
export interface FullLook extends Look {
  readonly asked: string
  readonly env: readonly { readonly key: string; readonly value: string; readonly before: string | undefined }[]
}

/** What is released, as far as a look depends on it: `sha` is the commit. */
type Wanted = Pick<RenderInputs, 'images' | 'variables' | 'allowOlder'> & { readonly sha: string }

/** Looks at every service; changes nothing. */
export async function lookAtAll(
  client: Client,
  wanted: Wanted,
  groups: readonly (readonly Named[])[],
  commits: Commits,
  isHealthy: (asked: string, service: Service) => Promise<boolean>,
): Promise<FullLook[][]> {
  refuseStrayImages(wanted.images, groups.flat())
  return Promise.all(
    groups.map((group) => Promise.all(group.map((named) => lookAt(client, wanted, named, commits, isHealthy)))),
  )
}

async function lookAt(
  client: Client,
  wanted: Wanted,
  { asked, service }: Named,
  commits: Commits,
  isHealthy: (asked: string, service: Service) => Promise<boolean>,
): Promise<FullLook> {
  const variables = wanted.variables.filter((one) => one.service === undefined || one.service === asked)
  const [deploys, now] = await Promise.all([
    client.deploys(service.id),
    variables.length > 0 ? client.env(service.id) : Promise.resolve([]),
  ])
  const content = contentFor(service, wanted)
  const live = liveOf(deploys)
  const env = differing(variables, now)
  const commit = live?.commit?.id
  const other = content !== undefined && 'commit' in content && commit ? commit : undefined
  const isLive = content !== undefined && live !== undefined && brings(live, content)
  const [relation, paths] =
    other !== undefined && !isLive
      ? await Promise.all([wanted.allowOlder ? undefined : commits.relation(other), commits.changed(other)])
      : [undefined, undefined]
  return {
    asked,
    service,
    deploys,
    content,
    env,
    variables: env.map(({ key }) => key),
    relation,
    changed: paths && touches(service, paths),
    healthy: isLive && (await isHealthy(asked, service)),
  }
}

/** Of the wanted variables those that hold something else now; of several settings of one the last. */
export function differing(wanted: readonly { key: string; value: string }[], now: readonly EnvVar[]): FullLook['env'] {
  const before = new Map(now.map(({ key, value }) => [key, value]))
  return [...new Map(wanted.map(({ key, value }) => [key, value]))]
    .filter(([key, value]) => before.get(key) !== value)
    .map(([key, value]) => ({ key, value, before: before.get(key) }))
}

function contentFor(service: Service, { images, sha }: Wanted): Content | undefined {
  if (service.imagePath) {
    const path = service.imagePath
    const image = images.find((one) => repositoryOf(one) === repositoryOf(path))
    return image === undefined ? undefined : { image: spelledAs(path, image) }
  }
  // Render takes no commit for a cron job.
  return service.type === 'cron_job' ? undefined : { commit: sha }
}

/** @throws Failure where an image is of none of the services: it would silently not be released */
function refuseStrayImages(images: readonly string[], named: readonly Named[]): void {
  const known = new Set(named.map(({ service }) => repositoryOf(service.imagePath ?? '')))
  const stray = images.filter((image) => !known.has(repositoryOf(image)))
  if (stray.length === 0) return
  const theirs = named.flatMap(({ service }) =>
    service.imagePath ? [`${service.name} runs ${service.imagePath}`] : [],
  )
  throw new Failure(
    'image-mismatch',
    `No service runs the image ${stray.join(', ')}; ${theirs.join(', ') || 'all of them are built from git'}.`,
    'give images of the repository that the service is set up with; only tag and digest may differ.',
  )
}
