import type { HostEngine, TestHost } from '@belay/test-hosts'
import { type ComposeFixture, folder, stateOf } from '../../../../test/support/compose.ts'
import type { CompletedJob, JobOptions, JobStep } from '../../../../test/support/fixture.ts'

/** A fixture with two images of its service, and what its tests do with the first of its hosts. */
export interface Shop extends ComposeFixture {
  readonly host: TestHost
  readonly engine: HostEngine
  /** `name@sha256:…`, at the registry only. */
  readonly v1: string
  readonly v2: string
  /** Runs a job that releases an image, and steps after it. */
  release(
    version: string,
    image: string,
    inputs?: Record<string, string>,
    more?: JobStep[],
    options?: JobOptions,
  ): Promise<CompletedJob>
  now(): ReturnType<typeof stateOf>
  /** `docker compose up --detach` by hand, as the deploy user; throws with what it said. */
  up(words?: readonly string[], env?: Record<string, string>): Promise<void>
}

/** Furnishes a fixture when it opens; the test that opens a shop closes it. */
export async function openShop(opening: Promise<ComposeFixture>): Promise<Shop> {
  const fixture = await opening
  const [host, engine] = [fixture.hosts[0] as TestHost, fixture.engines[0] as HostEngine]
  const images = await Promise.all([fixture.image('v1'), fixture.image('v2')]).catch(async (error) => {
    await fixture.close()
    throw error
  })
  const [v1, v2] = images
  return {
    ...fixture,
    host,
    engine,
    v1,
    v2,
    release: (version, image, inputs = {}, more = [], options = {}) =>
      fixture.fixture.job(version, [fixture.deploy(image, inputs), ...more], options),
    now: () => stateOf(fixture),
    async up(words = [], env = {}) {
      const argv = ['docker', 'compose', '--project-directory', folder, 'up', '--detach', ...words]
      const { status, stderr } = await engine.asDeploy(argv, env)
      if (status !== 0) throw new Error(stderr)
    },
  }
}
