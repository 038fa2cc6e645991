// biome-ignore-all lint/style/noExcessiveLinesPerFile: what a promotion promises, against one registry and one builder
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { openJournal } from '@belay/action-kit'
import {
  type BuilderOptions,
  canStartBuilder,
  canStartRegistry,
  startBuilder,
  startRegistry,
  type TestBuilder,
  type TestRegistry,
} from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { parseImage } from '../src/image.ts'
import { openRegistry } from '../src/registry/client.ts'
import { openBuildJob } from './support/job.ts'
import { makeRepository, type Repository } from './support/repository.ts'

const options: BuilderOptions = { docker: 'trixie' }
const login = { username: 'ada', password: 'hunter22' }
const dockerfile = 'FROM scratch\nCOPY app.txt /\n'

describeIf(canStartRegistry() ?? canStartBuilder(options))('a promotion', () => {
  let builder: TestBuilder
  let registry: TestRegistry
  let repository: Repository
  let images = 0

  beforeAll(async () => {
    registry = await startRegistry({ login: { scheme: 'bearer', ...login } })
    repository = makeRepository({ Dockerfile: dockerfile, 'app.txt': 'one\n' })
    builder = await startBuilder(options)
  })
  afterAll(async () => {
    await builder?.stop()
    await registry?.stop()
    repository?.remove()
  })

  /** An image repository with a build of each of `versions`, and release jobs that promote one of them. */
  async function fixture(context: TestContext, ...versions: string[]) {
    const image = `${registry.address}/acme/shop-${++images}`
    const shas = new Map<string, string>()
    const parsed = parseImage(image)
    if ('wrong' in parsed) throw new Error(parsed.wrong)
    const signal = AbortSignal.timeout(60_000)
    const api = openRegistry(parsed, { credentials: login, writes: true, signal, onRetry: () => undefined })
    context.onTestFinished(() => {
      registry.fault = () => undefined
    })
    const jobFor = (sha: string) => {
      const job = openBuildJob({
        ...builder.env,
        GITHUB_WORKSPACE: repository.folder,
        GITHUB_SHA: sha,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_EVENT_NAME: 'push',
      })
      context.onTestFinished(job.close)
      return job
    }
    const build = async (version: string) => {
      const sha = repository.commit({ 'app.txt': version })
      shas.set(version, sha)
      const { exit, log, outputs } = await jobFor(sha).main({ ...login, image })
      expect(exit, log).toBe(0)
      return outputs
    }
    for (const version of versions) await build(version)
    const release = (version: string) => {
      const job = jobFor(shas.get(version) ?? 'f'.repeat(40))
      const inputs = { ...login, image, command: 'promote', environment: 'production', version }
      return {
        ...job,
        promote: (more = {}) => job.main({ ...inputs, ...more }),
        end: (status: string) => job.post(inputs, status),
        inputs,
      }
    }
    return {
      image,
      api,
      build,
      release,
      shas,
      async committed(version: string) {
        const job = release(version)
        const { exit, log } = await job.promote()
        expect(exit, log).toBe(0)
        expect((await job.end('success')).exit).toBe(0)
      },
      /** Which version's build each tag names. */
      async tags() {
        const names = (await api.tags()).sort()
        const digests = new Map<string, string>()
        for (const [version, sha] of shas) digests.set((await api.manifest(`sha-${sha}`))?.digest ?? '', version)
        const pairs = await Promise.all(
          names
            .filter((name) => !name.startsWith('sha-'))
            .map(async (name) => [name, digests.get((await api.manifest(name))?.digest ?? '')] as const),
        )
        return Object.fromEntries(pairs)
      },
    }
  }

  describe('after a rollback in the job', () => {
    const left = {
      '1.4.1': 'v1.4.1',
      '1.4': 'v1.4.1',
      '1.5.0': 'v1.5.0',
      '1.5': 'v1.5.0',
      '1': 'v1.5.0',
      latest: 'v1.5.0',
    }

    async function twoCommitted(context: TestContext) {
      const at = await fixture(context, 'v1.4.1', 'v1.5.0')
      await at.committed('v1.4.1')
      await at.committed('v1.5.0')
      expect(await at.tags()).toEqual(left)
      return at
    }

    test('is refused if no step of the job has chosen a release', async (context) => {
      const at = await twoCommitted(context)
      const failed = await at.release('previous').promote()
      expect([failed.exit, failed.outputs['failure-code']], failed.log).toEqual([1, 'nothing-chosen'])
      expect(await at.tags()).toEqual(left)
    })

    test.for([
      ['moves the floating tags to that version', 'success', 'commit', { ...left, '1': 'v1.4.1', latest: 'v1.4.1' }],
      ['is undone if the job fails: the floating tags are restored', 'failure', 'undo', left],
    ] as const)('%s', async ([_, status, decision, then], context) => {
      const at = await twoCommitted(context)
      const job = at.release('previous')
      // As deploy-ssh leaves it after a rollback.
      const release = {
        id: '20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081',
        version: 'v1.4.1',
        sha: at.shas.get('v1.4.1') ?? '',
      }
      openJournal(join(job.temp, 'belay')).append({ step: 'deploy-ssh-1', event: 'chosen', service: 'shop', release })
      const { exit, log } = await job.promote()
      expect(exit, log).toBe(0)
      expect(await at.tags()).toMatchObject({ '1': 'v1.4.1', latest: 'v1.4.1', '1.5': 'v1.5.0' })
      expect((await job.end(status)).log).toContain(decision)
      expect(await at.tags()).toEqual(then)
    })
  })

  test('gives the build its version tags, and a job that succeeds keeps them', async (context) => {
    const at = await fixture(context, 'v1.4.1', 'v1.4.2')
    await at.committed('v1.4.1')
    const job = at.release('v1.4.2')
    const { exit, outputs, log } = await job.promote()
    expect(exit, log).toBe(0)
    expect(outputs.result).toBe('pending')
    expect(JSON.parse(outputs.tags ?? '')).toEqual(['1.4.2', '1.4', '1', 'latest'])
    expect(outputs.ref).toMatch(new RegExp(`^${at.image}@sha256:`))
    expect(log).toContain('To restore it by hand: docker buildx imagetools create --tag')
    const post = await job.end('success')
    expect(post.exit, post.log).toBe(0)
    // The last post of the job writes the summary of all its steps.
    expect(post.summary).toContain('| `latest` | `sha256:')
    expect(post.log).toContain('Decision for this job: commit')
    expect(await at.tags()).toEqual({
      '1': 'v1.4.2',
      '1.4': 'v1.4.2',
      '1.4.1': 'v1.4.1',
      '1.4.2': 'v1.4.2',
      latest: 'v1.4.2',
    })
    expect(job.record().at(-1)).toMatchObject({ event: 'result', result: 'committed' })
    // latest is moved last.
    const moved = job.record().flatMap((line) => (line.event === 'phase' ? [line.phase] : []))
    expect(moved).toEqual(['tag 1.4.2', 'tag 1.4', 'tag 1', 'tag latest'])
  })

  test('is undone when a later step fails, but for the tag of the version, which is named', async (context) => {
    const at = await fixture(context, 'v1.4.1', 'v1.4.2')
    await at.committed('v1.4.1')
    const job = at.release('v1.4.2')
    expect((await job.promote()).exit).toBe(0)
    const { log, summary } = await job.end('failure')
    expect(await at.tags(), log).toEqual({
      '1': 'v1.4.1',
      '1.4': 'v1.4.1',
      '1.4.1': 'v1.4.1',
      '1.4.2': 'v1.4.2',
      latest: 'v1.4.1',
    })
    expect(job.record().at(-1)).toMatchObject({ event: 'result', result: 'rolled-back' })
    expect(log).toContain(`${at.image}:1.4.2: stays.`)
    expect(summary).toContain(`| ${at.image}:latest | rolled-back | back to sha256:`)
  })

  test('a second time changes nothing', async (context) => {
    const at = await fixture(context, 'v1.4.1')
    await at.committed('v1.4.1')
    const tags = await at.tags()
    const again = await at.release('v1.4.1').promote()
    expect(again.outputs.result).toBe('noop')
    expect(await at.tags()).toEqual(tags)
  })

  test('of a fix of an older line does not move latest', async (context) => {
    const at = await fixture(context, 'v1.4.1', 'v2.0.0', 'v1.4.2')
    for (const version of ['v1.4.1', 'v2.0.0', 'v1.4.2']) await at.committed(version)
    expect(await at.tags()).toMatchObject({ '1': 'v1.4.2', '2': 'v2.0.0', latest: 'v2.0.0' })
  })

  test('undo does not change a tag that another job moved since', async (context) => {
    const at = await fixture(context, 'v1.4.1', 'v1.4.2', 'v1.4.3')
    await at.committed('v1.4.1')
    const job = at.release('v1.4.2')
    await job.promote()
    await at.committed('v1.4.3')
    const { log } = await job.end('failure')
    expect(log).toMatch(/latest: unchanged. another job moved it to sha256:/)
    expect(await at.tags()).toMatchObject({ latest: 'v1.4.3', '1.4': 'v1.4.3' })
  })

  test.for([0, 1, 2, 3])(
    'killed before tag %i is moved: post puts back what was, and the next run completes',
    async (count, context) => {
      const at = await fixture(context, 'v1.4.1', 'v1.4.2')
      await at.committed('v1.4.1')
      const job = at.release('v1.4.2')
      let puts = 0
      let child: ChildProcess | undefined
      registry.fault = ({ method }) => {
        if (method !== 'PUT' || puts++ < count) return undefined
        child?.kill('SIGKILL')
        return 'hold'
      }
      await job.main(job.inputs, (started) => {
        child = started
      })
      registry.fault = () => undefined
      const { log } = await job.end('failure')
      const { '1.4.2': version, ...others } = await at.tags()
      expect(others, log).toEqual({ '1': 'v1.4.1', '1.4': 'v1.4.1', '1.4.1': 'v1.4.1', latest: 'v1.4.1' })
      expect(version).toBe(count > 0 ? 'v1.4.2' : undefined)
      await at.committed('v1.4.2')
      expect((await at.tags()).latest).toBe('v1.4.2')
    },
  )

  test('of the higher of two versions at once gets latest, even if the lower one writes last', async (context) => {
    const at = await fixture(context, 'v1.4.1', 'v1.4.2')
    const [lower, higher] = [at.release('v1.4.1'), at.release('v1.4.2')]
    const { promise: through, resolve: letThrough } = Promise.withResolvers<undefined>()
    let held = false
    registry.fault = ({ method, path }) => {
      if (held || method !== 'PUT' || !path.endsWith('/manifests/latest')) return undefined
      held = true
      return through
    }
    const running = lower.promote()
    await expect.poll(() => held, { timeout: 20_000 }).toBe(true)
    const other = await higher.promote()
    expect((await at.tags()).latest).toBe('v1.4.2')
    letThrough(undefined)
    const first = await running
    expect(first.exit, first.log).toBe(0)
    expect(other.exit, other.log).toBe(0)
    expect(first.log).toContain('latest now names 1.4.2')
    expect((await at.tags()).latest).toBe('v1.4.2')
    await higher.end('success')
    await lower.end('failure')
    expect((await at.tags()).latest).toBe('v1.4.2')
  })

  test('of three concurrent promotions the highest version gets latest', async (context) => {
    const versions = ['v1.10.0', 'v1.9.0', 'v1.9.1']
    const at = await fixture(context, ...versions)
    const ended = await Promise.all(versions.map((version) => at.release(version).promote()))
    expect(ended.map(({ exit }) => exit)).toEqual([0, 0, 0])
    expect(await at.tags()).toMatchObject({ '1.9': 'v1.9.1', '1.10': 'v1.10.0', '1': 'v1.10.0', latest: 'v1.10.0' })
  })

  test('refuses a missing image, an image of another commit, and an existing version', async (context) => {
    const at = await fixture(context, 'v1.0.0', 'v1.0.1')
    const missing = await at.release('v9.9.9').promote()
    expect(missing.outputs['failure-code']).toBe('not-built')
    await at.committed('v1.0.0')
    const digest = (await at.api.manifest('1.0.0'))?.digest ?? ''
    const other = await at.release('v1.0.1').promote({ digest: `${at.image}@${digest}` })
    expect(other.outputs['failure-code']).toBe('other-commit')
    const taken = await at.release('v1.0.1').promote({ version: 'v1.0.0' })
    expect(taken.outputs).toMatchObject({ 'failure-code': 'tag-exists', result: 'unchanged' })
    expect(await at.tags()).toEqual({ '1': 'v1.0.0', '1.0': 'v1.0.0', '1.0.0': 'v1.0.0', latest: 'v1.0.0' })
  })

  test('a dry run moves nothing', async (context) => {
    const at = await fixture(context, 'v1.0.0')
    const { exit, log } = await at.release('v1.0.0').promote({ 'dry-run': 'true' })
    expect(exit, log).toBe(0)
    expect(log).toContain('Would move latest from nothing')
    expect(await at.tags()).toEqual({})
  })

  test('of a commit without a version moves the requested tags', async (context) => {
    const at = await fixture(context, 'v1.0.0')
    const qa = await at.release('v1.0.0').promote({ environment: 'qa', version: '', tags: 'qa' })
    expect(qa.exit, qa.log).toBe(0)
    expect(await at.tags()).toEqual({ qa: 'v1.0.0' })
  })

  test('an undo that cannot reach the registry is mixed, and prints the command to finish by hand', async (context) => {
    const at = await fixture(context, 'v1.0.0', 'v1.0.1')
    await at.committed('v1.0.0')
    const job = at.release('v1.0.1')
    await job.promote()
    registry.fault = () => ({ status: 500, retryAfter: 0 })
    const { exit, log } = await job.end('failure')
    expect(exit).toBe(1)
    expect(log).toMatch(
      /latest: mixed\. the tag could not be restored: .*docker buildx imagetools create --tag \S+:latest/,
    )
  })
})
