import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registryOf } from '../../../../actions/deploy-ssh/src/image.ts'
import { tokenPrefix } from '../github.ts'
import { type ImageRegistry, openBuilder, openImageRegistry } from '../image-registry.ts'
import type { DerivedUnit } from './facts.ts'
import { basesIn, buildsIn, dockerfileOf, imageSource, inRegistry, isCompose, isNodeImage } from './images.ts'
import type { Variables } from './variables.ts'
import type { Versions } from './versions.ts'
import { type ReleaseWorkflow, withProofs } from './workflows.ts'

/** What releases of images need besides their servers: a registry, and the runner's Docker. */
export interface ImageLab {
  readonly registry: ImageRegistry
  readonly port: number
  /** The real registries that it stands in for. */
  readonly replaced: readonly string[]
  /** Logs in to the registry, with any user name. */
  readonly password: string
  /** By the path of a step that builds an image: variables by which it finds the runner's Docker. */
  readonly stepEnv: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The variables of an environment that name images, with the rehearsal's registry in place of the real one. */
  imagesIn(variables: Readonly<Record<string, string>>): Record<string, string>
}

/** What is released, and from what. */
interface ImagePlan {
  readonly versions: Pick<Versions, 'root'>
  readonly workflows: readonly ReleaseWorkflow[]
  readonly proofs: ReadonlyMap<string, ReleaseWorkflow>
  readonly units: readonly DerivedUnit[]
  readonly variables: Variables
}

type Start = <One extends { stop(): Promise<unknown> }>(starting: Promise<One>) => Promise<One>

/** Undefined where no image is built or released. `started`: gets what has to end with the lab. */
export async function openImageLab(plan: ImagePlan, started: Start): Promise<ImageLab | undefined> {
  const workflows = withProofs(plan)
  const builds = workflows.flatMap((workflow) => buildsIn(workflow))
  if (builds.length === 0 && !plan.units.some(isCompose)) return undefined
  const password = `made-up-${randomBytes(9).toString('hex')}`
  // A job's own token logs in, too, as it does at GitHub's registry.
  const takes = (given: string) => given === password || given.startsWith(tokenPrefix)
  const [registry, builder] = await Promise.all([
    started(openImageRegistry(takes)),
    builds.length > 0 ? started(openBuilder(nodeImagesOf(builds, plan.versions.root))) : undefined,
  ])
  const names = workflows.flatMap(({ steps }) => steps.map(imageSource))
  const variables = new Set(names.flatMap((source) => (typeof source === 'object' ? source.variable : [])))
  const { PATH = '', HOME = '', DOCKER_HOST = '' } = builder?.env ?? {}
  return {
    registry,
    port: Number(registry.address.split(':')[1]),
    replaced: replacedBy(Object.values(plan.variables), variables),
    password,
    stepEnv: Object.fromEntries(builds.map(({ path }) => [path, { PATH, HOME, DOCKER_HOST }])),
    imagesIn: (all) =>
      Object.fromEntries(
        Object.entries(all)
          .filter(([name]) => variables.has(name))
          .map(([name, image]) => [name, inRegistry(image, registry.address)]),
      ),
  }
}

function replacedBy(all: readonly Readonly<Record<string, string>>[], names: ReadonlySet<string>): string[] {
  const images = all.flatMap((some) =>
    Object.entries(some).flatMap(([name, image]) => (names.has(name) ? [image] : [])),
  )
  return [...new Set(images.map((image) => registryOf(image) || 'docker.io'))]
}

function nodeImagesOf(builds: ReturnType<typeof buildsIn>, root: string): string[] {
  const bases = builds.flatMap((step) => {
    try {
      return basesIn(readFileSync(join(root, dockerfileOf(step)), 'utf8'), step.inputs['build-args'])
    } catch {
      // A build may make its Dockerfile.
      return []
    }
  })
  return [...new Set(bases.filter(isNodeImage))]
}
