// biome-ignore-all lint/style/noExcessiveLinesPerFile: what a build promises, with each engine, against one registry
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuilderOptions, canStartBuilder, canStartRegistry, startBuilder } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { parseImage } from '../src/image.ts'
import { openRegistry } from '../src/registry/client.ts'
import { setUpBuilds } from './support/build-fixture.ts'
import { openBuildJob } from './support/job.ts'
import { runnerEnv } from './support/runner-env.ts'

function registryOf(name: string) {
  const image = parseImage(name)
  if ('wrong' in image) throw new Error(image.wrong)
  const signal = AbortSignal.timeout(30_000)
  return openRegistry(image, { credentials: undefined, writes: false, signal, onRetry: () => undefined })
}

const engines: [string, BuilderOptions, string][] = [
  ['docker build of the machine', { docker: 'machine' }, 'docker build'],
  ['buildx with the daemon of Debian 13', { docker: 'trixie' }, 'docker buildx build'],
]
for (const [name, options, said] of engines) {
  describeIf(canStartRegistry() ?? canStartBuilder(options))(name, () => {
    const at = setUpBuilds(options)

    test('pushes the commit’s tag, verified, and the next run reuses it', async (context) => {
      const image = at.image()
      const job = at.job(context)
      const first = await job.main({ image, labels: 'team=payments', 'build-args': 'GREETING=a b' })
      expect(first).toMatchObject({ exit: 0, outputs: { reused: 'false', result: 'unchanged', 'failure-code': '' } })
      expect(first.log).toContain(`Built by ${said}.`)
      const { ref = '', digest = '' } = first.outputs
      expect(ref).toBe(`${image}@${digest}`)
      expect(JSON.parse(first.outputs.tags ?? '')).toEqual([`sha-${at.repository.sha}`])
      expect(Object.keys(JSON.parse(first.outputs.platforms ?? ''))).toEqual(['linux/amd64'])
      expect(first.summary).toContain(ref)

      const manifest = await registryOf(image).manifest(`sha-${at.repository.sha}`)
      expect(manifest?.digest).toBe(digest)
      const part = await registryOf(image).manifest(
        Object.values<string>(JSON.parse(first.outputs.platforms ?? ''))[0] ?? '',
      )
      const config = await registryOf(image).config(JSON.parse(part?.body.toString() ?? '').config.digest)
      expect(config.config?.Labels).toMatchObject({
        'org.opencontainers.image.revision': at.repository.sha,
        'org.opencontainers.image.source': 'https://github.com/acme/api',
        greeting: 'a b',
        team: 'payments',
      })

      const second = await job.main({ image, tags: 'run-2' })
      expect(second.outputs).toMatchObject({ ref, digest, reused: 'true' })
      expect(second.log).not.toContain('Built by')
      expect((await registryOf(image).manifest('run-2'))?.digest).toBe(digest)
      expect(job.leftovers()).toEqual([])
    })

    test('an error of the Dockerfile is final', async (context) => {
      const file = join(at.repository.folder, '..', 'Dockerfile.bad')
      writeFileSync(file, 'FROM scratch\nCOPY nothing /\n')
      const { exit, outputs, log } = await at.job(context).main({ image: at.image(), file })
      expect(exit).toBe(1)
      expect(outputs).toMatchObject({ 'failure-code': 'build-failed', result: 'unchanged' })
      expect(log).not.toContain('again in')
    })

    test('a request to a registry that fails in the middle is retried', async (context) => {
      const image = at.image()
      const job = at.job(context)
      const before = at.registry.requests.length
      let [refused, cut] = [0, 0]
      at.registry.fault = ({ method, path }) => {
        if (method === 'GET' && path.includes('/manifests/') && refused++ < 1) return { status: 429, retryAfter: 0 }
        if (method === 'PUT' && path.includes('/manifests/') && cut++ < 1) return { status: 500 }
        return undefined
      }
      const { exit, outputs, log } = await job.main({ image })
      expect(log).toMatch(/answered 429 .*; again in/)
      expect(exit, log).toBe(0)
      expect(outputs.digest).toMatch(/^sha256:/)
      expect(at.registry.requests.length).toBeGreaterThan(before)
    })

    test('a pull request of a fork pushes nothing', async (context) => {
      const event = join(at.repository.folder, '..', 'event.json')
      const head = { sha: 'b'.repeat(40), repo: { full_name: 'mallory/api' } }
      writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head } }))
      const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event }
      const before = at.registry.requests.length
      const { exit, outputs, log } = await at.job(context, env).main({ image: at.image() })
      expect(exit, log).toBe(0)
      expect(outputs.ref).toBeUndefined()
      expect(log).toContain('not pushed, because the pull request comes from a fork')
      expect(at.registry.requests.length).toBe(before)
    })

    test('a dry run builds nothing and prints what it would do', async (context) => {
      const image = at.image()
      const { exit, log, summary } = await at.job(context).main({ image, 'dry-run': 'true' })
      expect(exit, log).toBe(0)
      expect(summary).toContain(`tag \`${image}:sha-${at.repository.sha}\``)
      expect(await registryOf(image).manifest(`sha-${at.repository.sha}`)).toBeUndefined()
    })
  })
}

const modern: BuilderOptions = { docker: 'trixie' }
describeIf(canStartRegistry() ?? canStartBuilder(modern))('buildx', () => {
  const at = setUpBuilds(modern, { login: { scheme: 'bearer', username: 'ada', password: 'hunter22' } })
  const login = { username: 'ada', password: 'hunter22' }

  function signedIn(name: string) {
    const image = parseImage(name)
    if ('wrong' in image) throw new Error(image.wrong)
    const signal = AbortSignal.timeout(30_000)
    return openRegistry(image, { credentials: login, writes: true, signal, onRetry: () => undefined })
  }

  test('a secret can be read by its command alone', async (context) => {
    const job = at.job(context, { MULTI: 'first-line\nsecond-line' })
    const [file, key] = ['Dockerfile.secret', 'key.pem'].map((name) => join(at.repository.folder, '..', name))
    const mounts = ['token', 'multi', 'key'].map((id) => `--mount=type=secret,id=${id}`).join(' ')
    const commands = ['token', 'multi', 'key'].map((id) => `busybox md5sum < /run/secrets/${id}`).join('; ')
    writeFileSync(file ?? '', `FROM scratch\nCOPY rootfs/ /\nRUN --network=none ${mounts} ${commands}\n`)
    writeFileSync(key ?? '', 'private-key')
    const { exit, log, summary } = await job.main({
      ...login,
      image: at.image(),
      file: file ?? '',
      secrets: 'token=hunter33',
      'secret-envs': 'multi=MULTI',
      'secret-files': `key=${key}`,
    })
    expect(exit, log).toBe(0)
    for (const value of ['hunter33', 'first-line\nsecond-line', 'private-key'])
      expect(log).toContain(createHash('md5').update(value).digest('hex'))
    const seen = log.replace(/^::add-mask::.*$/gm, '') + summary + JSON.stringify(job.record())
    expect(seen).not.toMatch(/hunter22|hunter33|second-line|private-key/)
    expect(job.leftovers()).toEqual([])
  })

  test('the login is used, and removed afterwards', async (context) => {
    const job = at.job(context)
    const { exit, log } = await job.main({ ...login, image: at.image() })
    expect(exit, log).toBe(0)
    expect(log.replace(/^::add-mask::.*$/gm, '')).not.toContain('hunter22')
    expect(job.leftovers()).toEqual([])
    expect(at.registry.requests.some((request) => request.startsWith('GET /token'))).toBe(true)
  })

  test('docker build is verified also if the daemon names images by their manifests', async (context) => {
    const { exit, log, outputs } = await at.job(context).main({ ...login, image: at.image(), engine: 'docker' })
    expect(exit, log).toBe(0)
    expect(log).toContain('Built by docker build.')
    expect(outputs.digest).toMatch(/^sha256:/)
  })

  test('a wrong password gives one clear error before any build', async (context) => {
    const { exit, log, outputs } = await at.job(context).main({ ...login, password: 'wrong-one', image: at.image() })
    expect(exit).toBe(1)
    expect(outputs).toMatchObject({ 'failure-code': 'registry-login', result: 'unchanged' })
    expect(log.match(/^::error::.*/gm)).toEqual([
      expect.stringContaining('refused the login of "ada" (wrong password)'),
    ])
    expect(log).not.toContain('Built by')
  })

  test('a missing password gives one clear error too', async (context) => {
    const { log, outputs } = await at.job(context).main({ image: at.image() })
    expect(outputs['failure-code']).toBe('registry-login')
    expect(log).toContain('asks for a login')
  })

  test('the Docker login of an earlier step is used', async (context) => {
    const image = at.image()
    const config = JSON.stringify({
      auths: { [at.registry.address]: { auth: Buffer.from('ada:hunter22').toString('base64') } },
      cliPluginsExtraDirs: [join(at.builder.env.HOME ?? '', '.docker/cli-plugins')],
    })
    const job = at.job(context, { DOCKER_CONFIG: join(at.repository.folder, '../docker-config') })
    mkdirSync(join(at.repository.folder, '../docker-config'), { recursive: true })
    writeFileSync(join(at.repository.folder, '../docker-config/config.json'), config)
    const { exit, log } = await job.main({ image })
    expect(exit, log).toBe(0)
  })

  test('a blob that is cut off is retried, whichever client moves it', async (context) => {
    const image = at.image()
    const job = at.job(context)
    let [pushed, read] = [0, 0]
    at.registry.fault = ({ method, path }) => {
      if (method === 'PUT' && path.includes('/blobs/uploads/') && pushed++ < 1) return 'cut'
      if (method === 'GET' && path.includes('/blobs/') && read++ < 1) return 'cut'
      return undefined
    }
    const first = await job.main({ ...login, image })
    expect(first.exit, first.log).toBe(0)
    // A reuse reads the labels of the image, which are in a blob.
    const second = await job.main({ ...login, image })
    expect(second.exit, second.log).toBe(0)
    expect(second.outputs.reused).toBe('true')
    expect(first.log + second.log).toContain('gave no complete answer')
    expect([pushed, read].every((count) => count > 1)).toBe(true)
  })

  test('after the last attempt an unavailable registry is reported', async (context) => {
    at.registry.fault = ({ method }) => (method === 'GET' ? { status: 503, retryAfter: 0 } : undefined)
    const { exit, log, outputs } = await at.job(context).main({ ...login, image: at.image() })
    expect(exit).toBe(1)
    expect(outputs['failure-code']).toBe('registry-unreachable')
    expect(log).toContain('answered 503')
    expect(log).toContain('4 times in a row')
  })

  test('an unreachable cache does not fail a build', async (context) => {
    const image = at.image()
    const cache = `type=registry,ref=${image}:cache`
    at.registry.fault = ({ path }) => (path.endsWith('/manifests/cache') ? { status: 500 } : undefined)
    const given = { ...login, image, 'cache-from': cache, 'cache-to': cache }
    const { exit, log, outputs } = await at.job(context).main(given)
    expect(exit, log).toBe(0)
    expect(outputs.digest).toMatch(/^sha256:/)
  })

  test('if-exists: fail and a tag of another commit are refused, overwrite is not', async (context) => {
    const image = at.image()
    const job = at.job(context)
    expect((await job.main({ ...login, image, tags: 'release-1' })).exit).toBe(0)
    const again = await job.main({ ...login, image, 'if-exists': 'fail' })
    expect(again.outputs['failure-code']).toBe('tag-exists')

    const sha = at.repository.commit({ 'app.txt': 'two\n' })
    const other = await job.main({ ...login, image, tags: 'release-1' })
    expect(other.outputs['failure-code']).toBe('tag-exists')
    expect(other.log).toContain(`not from ${sha}`)
    const over = await job.main({ ...login, image, tags: 'release-1', 'if-exists': 'overwrite' })
    expect(over.exit, over.log).toBe(0)
    // The run is for another commit than the checkout: the tags name the commit that was built.
    expect(over.outputs.sha).toBe(sha)
  })

  test('a pull request moves its own tag, but no tag of the input tags', async (context) => {
    const image = at.image()
    const event = join(at.repository.folder, '..', 'own-event.json')
    const head = { sha: 'c'.repeat(40), repo: { full_name: 'acme/api' } }
    writeFileSync(event, JSON.stringify({ pull_request: { number: 8, head } }))
    const job = at.job(context, { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event })
    const own = `pr-8-${head.sha}`
    const named = async (tag: string) => (await signedIn(image).manifest(tag))?.digest
    const first = await job.main({ ...login, image, tags: 'release-2' })
    expect(first.exit, first.log).toBe(0)
    const { digest } = first.outputs

    // The base has moved: the merge is another commit.
    at.repository.commit({ 'app.txt': 'merged again\n' })
    const over = await job.main({ ...login, image, tags: 'release-2' })
    expect(over.outputs, over.log).toMatchObject({ 'failure-code': 'tag-exists' })
    expect(over.log).toContain('has the tag release-2 already')
    expect([await named('release-2'), await named(own)]).toEqual([digest, digest])

    const moved = await job.main({ ...login, image, tags: 'release-3' })
    expect(moved.exit, moved.log).toBe(0)
    expect(moved.outputs.digest).not.toBe(digest)
    expect([await named('release-3'), await named(own)]).toEqual([moved.outputs.digest, moved.outputs.digest])
    expect(await named('release-2')).toBe(digest)
  })

  test('a tag that another job pushes between the push and the verification fails the step', async (context) => {
    const image = at.image()
    const job = at.job(context)
    at.repository.commit({ 'app.txt': 'mine\n' })
    expect((await job.main({ ...login, image, tags: 'theirs' })).exit).toBe(0)
    const theirs = await signedIn(image).manifest('theirs')
    const sha = at.repository.commit({ 'app.txt': 'mine, next\n' })
    let pushed = false
    let taken = false
    at.registry.fault = async ({ method, path }) => {
      if (!path.endsWith(`/manifests/sha-${sha}`)) return undefined
      if (method === 'PUT') pushed = true
      if (method !== 'GET' || !pushed || taken || !theirs) return undefined
      taken = true
      await signedIn(image).put(`sha-${sha}`, theirs)
      return undefined
    }
    const { exit, outputs, log } = await job.main({ ...login, image })
    expect(exit, log).toBe(1)
    expect(outputs).toMatchObject({ 'failure-code': 'not-verified', result: 'unchanged' })
    expect(log).toContain(`The tag sha-${sha} names ${theirs?.digest}, not sha256:`)
    expect(outputs.ref ?? '').toBe('')
  })

  test.each(['auto', 'buildx', 'docker'])('engine %s: an unreachable daemon is named', async (engine) => {
    const job = openBuildJob({
      ...runnerEnv(at.repository),
      ...at.builder.env,
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    })
    const { exit, outputs, log, annotations } = await job
      .main({ ...login, image: at.image(), engine })
      .finally(job.close)
    expect(exit).toBe(1)
    expect(outputs['failure-code'], log).toBe('docker-unreachable')
    expect(annotations).toMatchObject([{ level: 'error', title: '' }])
  })

  test('an image without one of the platforms is not reused', async (context) => {
    const image = at.image()
    const job = at.job(context)
    expect((await job.main({ ...login, image, platforms: 'linux/amd64' })).exit).toBe(0)
    const { outputs, log } = await job.main({ ...login, image, platforms: 'linux/amd64\nlinux/arm64' })
    expect(outputs['failure-code']).toBe('tag-exists')
    expect(log).toContain('without linux/arm64')
  })

  test('several platforms, with provenance, are verified one by one', async (context) => {
    const image = at.image()
    const given = { ...login, image, platforms: 'linux/amd64\nlinux/arm64', provenance: 'max' }
    const { exit, log, outputs, summary } = await at.job(context).main(given)
    expect(exit, log).toBe(0)
    expect(Object.keys(JSON.parse(outputs.platforms ?? ''))).toEqual(['linux/amd64', 'linux/arm64'])
    expect(summary).toContain('Provenance or SBOM: yes')
  })

  test.for(['SIGINT', 'SIGTERM'] as const)('a build ends when the job is cancelled (%s)', async (signal, context) => {
    const job = at.job(context)
    const file = join(at.repository.folder, '..', 'Dockerfile.slow')
    writeFileSync(
      file,
      'FROM scratch\nCOPY rootfs/ /\nRUN --network=none busybox echo "here we" are; busybox sleep 60\n',
    )
    const began = performance.now()
    const { exit, outputs } = await job.main({ ...login, image: at.image(), file }, (child) => {
      let said = ''
      child.stdout?.on('data', (text) => {
        said += text
        if (said.includes('here we are')) child.kill(signal)
      })
    })
    expect(exit).toBe(1)
    expect(outputs['failure-code']).toBe('interrupted')
    expect(performance.now() - began).toBeLessThan(40_000)
    expect(job.leftovers()).toEqual([])
  })

  test('a cancel while the registry is silent ends the step', async (context) => {
    at.registry.fault = ({ method }) => (method === 'GET' ? 'hold' : undefined)
    const before = at.registry.requests.length
    const { outputs } = await at.job(context).main({ ...login, image: at.image() }, async (child) => {
      await expect.poll(() => at.registry.requests.slice(before).join(), { timeout: 20_000 }).toContain('/manifests/')
      child.kill('SIGINT')
    })
    expect(outputs).toMatchObject({ 'failure-code': 'interrupted', result: 'unchanged' })
  })

  test('post removes the login that a killed main left', async (context) => {
    const job = at.job(context)
    const image = at.image()
    at.registry.fault = ({ method }) => (method === 'GET' ? 'hold' : undefined)
    const before = at.registry.requests.length
    await job.main({ ...login, image }, async (child) => {
      await expect.poll(() => at.registry.requests.slice(before).join(), { timeout: 20_000 }).toContain('/manifests/')
      child.kill('SIGKILL')
    })
    expect(job.leftovers()).toEqual(['build-image-1'])
    await job.post({ ...login, image }, 'failure')
    expect(job.leftovers()).toEqual([])
  })

  test('a deadline ends a build', async (context) => {
    const file = join(at.repository.folder, '..', 'Dockerfile.late')
    writeFileSync(file, 'FROM scratch\nCOPY rootfs/ /\nRUN --network=none busybox sleep 61\n')
    const { outputs } = await at.job(context).main({ ...login, image: at.image(), file, deadline: '10s' })
    expect(outputs['failure-code']).toBe('deadline')
  })
})

const bare: BuilderOptions = { docker: 'trixie', plugins: false }
describeIf(canStartRegistry() ?? canStartBuilder(bare))('a Docker that cannot build', () => {
  const at = setUpBuilds(bare)

  test('without buildx reports what is missing', async (context) => {
    const { exit, outputs, annotations } = await at.job(context).main({ image: at.image() })
    expect(exit).toBe(1)
    expect(outputs['failure-code']).toBe('buildx-missing')
    expect(annotations).toEqual([
      { level: 'error', title: '', text: expect.stringContaining('docker/setup-buildx-action') },
    ])
  })

  test.each(['auto', 'buildx', 'docker'])(
    'engine %s: nor does it come so far as to look for a daemon',
    async (engine) => {
      const job = openBuildJob({
        ...runnerEnv(at.repository),
        ...at.builder.env,
        DOCKER_HOST: 'unix:///nowhere/docker.sock',
      })
      const { exit, outputs, log, annotations } = await job.main({ image: at.image(), engine }).finally(job.close)
      expect(exit).toBe(1)
      expect(outputs['failure-code'], log).toBe('buildx-missing')
      expect(annotations).toMatchObject([{ level: 'error', title: '' }])
    },
  )

  test('an image that an earlier run pushed is reused without Docker', async (context) => {
    const other = await startBuilder(modern)
    context.onTestFinished(other.stop)
    const image = at.image()
    const job = openBuildJob({ ...runnerEnv(at.repository), ...other.env })
    const first = await job.main({ image }).finally(job.close)
    expect(first.exit, first.log).toBe(0)
    const { exit, outputs, log } = await at.job(context).main({ image })
    expect(exit, log).toBe(0)
    expect(outputs).toMatchObject({ reused: 'true', ref: first.outputs.ref })
  })

  test('a missing docker is reported', async () => {
    const job = openBuildJob({ ...runnerEnv(at.repository), PATH: '/nowhere', HOME: '/nowhere' })
    const { outputs, annotations } = await job.main({ image: at.image() }).finally(job.close)
    expect(outputs['failure-code']).toBe('docker-missing')
    expect(annotations).toMatchObject([{ level: 'error', title: '' }])
  })
})
