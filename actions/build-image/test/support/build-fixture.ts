import {
  type BuilderOptions,
  startBuilder,
  startRegistry,
  type TestBuilder,
  type TestRegistry,
} from '@belay/test-hosts'
import { afterAll, beforeAll, type TestContext } from 'vitest'
import { openBuildJob } from './job.ts'
import { makeRepository, type Repository } from './repository.ts'

const dockerfile = 'FROM scratch\nARG GREETING=hi\nCOPY rootfs/ /\nCOPY app.txt /\nLABEL greeting=$GREETING\n'

/** A builder, a registry and a repository that a suite's tests share; each test has an image of its own. */
export function setUpBuilds(options: BuilderOptions, login?: Parameters<typeof startRegistry>[0]) {
  let builder: TestBuilder
  let registry: TestRegistry
  let repository: Repository
  let images = 0
  beforeAll(async () => {
    registry = await startRegistry(login)
    repository = makeRepository({ Dockerfile: dockerfile, 'app.txt': 'one\n' })
    builder = await startBuilder(
      options.buildkit ? { ...options, buildkit: { insecure: [registry.address] } } : options,
    )
  })
  afterAll(async () => {
    await builder?.stop()
    await registry?.stop()
    repository?.remove()
  })
  return {
    get builder() {
      return builder
    },
    get registry() {
      return registry
    },
    get repository() {
      return repository
    },
    image: () => `${registry.address}/acme/api-${++images}`,
    job(context: TestContext, env: Record<string, string> = {}) {
      const job = openBuildJob({ ...runnerEnv(repository), ...builder.env, ...env })
      context.onTestFinished(job.close)
      context.onTestFinished(() => {
        registry.fault = () => undefined
      })
      return job
    },
  }
}

export function runnerEnv({ folder, sha }: Repository): Record<string, string> {
  return {
    GITHUB_WORKSPACE: folder,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: 'acme/api',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: 'main',
  }
}
