import type { HostEngine, TestHost } from '@belay/test-hosts'
import { type ComposeScene, folder, stateOf } from '../../../../test/support/compose.ts'
import type { JobOptions, JobStep, Played } from '../../../../test/support/scene.ts'

/** A scene with two images of its service, and what its tests do with the first of its hosts. */
export interface Shop extends ComposeScene {
  readonly host: TestHost
  readonly engine: HostEngine
  /** `name@sha256:…`, at the registry only. */
  readonly v1: string
  readonly v2: string
  /** Plays a job that releases an image, and steps after it. */
  release(
    version: string,
    image: string,
    inputs?: Record<string, string>,
    more?: JobStep[],
    options?: JobOptions,
  ): Promise<Played>
  now(): ReturnType<typeof stateOf>
  /** `docker compose up --detach` by hand, as the deploy user; throws with what it said. */
  up(words?: readonly string[], env?: Record<string, string>): Promise<void>
}

/** Furnishes a scene as it opens; whoever opens a shop closes it. */
export async function openShop(opening: Promise<ComposeScene>): Promise<Shop> {
  const scene = await opening
  const [host, engine] = [scene.hosts[0] as TestHost, scene.engines[0] as HostEngine]
  const images = await Promise.all([scene.image('v1'), scene.image('v2')]).catch(async (error) => {
    await scene.close()
    throw error
  })
  const [v1, v2] = images
  return {
    ...scene,
    host,
    engine,
    v1,
    v2,
    release: (version, image, inputs = {}, more = [], options = {}) =>
      scene.scene.job(version, [scene.deploy(image, inputs), ...more], options),
    now: () => stateOf(scene),
    async up(words = [], env = {}) {
      const argv = ['docker', 'compose', '--project-directory', folder, 'up', '--detach', ...words]
      const { status, stderr } = await engine.asDeploy(argv, env)
      if (status !== 0) throw new Error(stderr)
    },
  }
}
