import { describe, expect, test } from 'vitest'
import type { BuildRequest } from '../src/build-request.ts'
import { builderKind, buildxArguments, buildxDriver } from '../src/drivers/buildx.ts'
import { dockerArguments, dockerDriver } from '../src/drivers/docker.ts'
import type { Docker, Driver } from '../src/drivers/driver.ts'

const requestWith = (change: Partial<BuildRequest> = {}): BuildRequest => ({
  context: '/c',
  file: undefined,
  target: '',
  platforms: [],
  buildArgs: [],
  secrets: [],
  cacheFrom: [],
  cacheTo: [],
  provenance: 'auto',
  sbom: 'false',
  refs: ['r/a:1', 'r/a:2'],
  labels: [],
  epoch: 1_700_000_000,
  push: true,
  ...change,
})
const full = requestWith({
  file: '/c/Docker file',
  target: 'final',
  buildArgs: [{ name: 'A', value: 'b,"c" $d' }],
  labels: [{ name: 'l', value: 'x=y' }],
  secrets: [
    { id: 'one', from: { value: 'hunter2' } },
    { id: 'two', from: { path: '/a,b' } },
  ],
})

describe('the arguments of buildx', () => {
  test('contain every value unchanged, but no secret', () => {
    expect(buildxArguments(full, 'docker', '/m').args).toEqual([
      ...['buildx', 'build', '--progress=plain', '--metadata-file', '/m', '--push', '--tag', 'r/a:1', '--tag', 'r/a:2'],
      ...['--file', '/c/Docker file', '--target', 'final', '--build-arg', 'A=b,"c" $d', '--label', 'l=x=y'],
      ...['--secret', 'id=one,env=BELAY_SECRET_0', '--secret', 'id=two,"src=/a,b"', '/c'],
    ])
    expect(buildxArguments(full, 'docker', '/m').env).toMatchObject({
      BELAY_SECRET_0: 'hunter2',
      SOURCE_DATE_EPOCH: '1700000000',
    })
  })

  test.each<[string, Partial<BuildRequest>, 'docker' | 'other', string[]]>([
    [
      'files get the commit’s time where the builder can',
      {},
      'other',
      ['--output', 'type=image,push=true,rewrite-timestamp=true'],
    ],
    ['and do not where it cannot', {}, 'docker', ['--push']],
    ['nor without a commit', { epoch: undefined }, 'other', ['--push']],
    ['an image that is not pushed is loaded', { push: false }, 'other', ['--load']],
    [
      'platforms',
      { platforms: ['linux/amd64', 'linux/arm64'] },
      'docker',
      ['--push', '--platform', 'linux/amd64,linux/arm64'],
    ],
    [
      'several platforms are not loaded',
      { push: false, platforms: ['a/b', 'a/c'] },
      'docker',
      ['--platform', 'a/b,a/c'],
    ],
    ['provenance', { provenance: 'max' }, 'docker', ['--push', '--provenance=mode=max']],
    ['no provenance', { provenance: 'false' }, 'docker', ['--push', '--provenance=false']],
    ['an SBOM', { sbom: 'generator=r/s:1' }, 'docker', ['--push', '--sbom=generator=r/s:1']],
    [
      'caches',
      { cacheFrom: ['type=gha'], cacheTo: ['type=gha,mode=max'] },
      'docker',
      ['--push', '--cache-from', 'type=gha', '--cache-to', 'type=gha,mode=max,ignore-error=true'],
    ],
    [
      'a cache by its name',
      { cacheTo: ['r/a:cache'] },
      'docker',
      ['--push', '--cache-to', 'type=registry,ref=r/a:cache,ignore-error=true'],
    ],
    ['an inline cache', { cacheTo: ['type=inline'] }, 'docker', ['--push', '--cache-to', 'type=inline']],
  ])('%s', (_, change, kind, expected) => {
    const { args } = buildxArguments(requestWith({ refs: [], ...change }), kind, '/m')
    expect(args.slice(5)).toEqual([...expected, '/c'])
  })
})

describe('the arguments of docker', () => {
  test('contain every value unchanged, but no secret', () => {
    expect(dockerArguments(full, '/i').args).toEqual([
      ...['build', '--progress=plain', '--iidfile', '/i', '--tag', 'r/a:1', '--tag', 'r/a:2'],
      ...['--file', '/c/Docker file', '--target', 'final', '--build-arg', 'A=b,"c" $d', '--label', 'l=x=y'],
      ...['--secret', 'id=one,env=BELAY_SECRET_0', '--secret', 'id=two,"src=/a,b"', '/c'],
    ])
    expect(dockerArguments(full, '/i').env).toEqual({ BELAY_SECRET_0: 'hunter2', DOCKER_BUILDKIT: '1' })
  })

  test('read caches from registries, and write them inline', () => {
    const caches = { cacheFrom: ['type=registry,ref=r/a:c', 'r/a:d', 'type=gha'], cacheTo: ['type=inline'] }
    const { args } = dockerArguments(requestWith({ refs: [], ...caches }), '/i')
    expect(args.slice(4)).toEqual([
      ...['--build-arg', 'BUILDKIT_INLINE_CACHE=1', '--cache-from', 'r/a:c', '--cache-from', 'r/a:d', '/c'],
    ])
  })
})

test('the kind of a builder', () => {
  expect(builderKind('Name:   default\nDriver: docker\n')).toBe('docker')
  expect(builderKind('Name:   b\nDriver: docker-container\n')).toBe('other')
  expect(builderKind('Name:   b\nDriver: remote\n')).toBe('other')
})

describe.each<[string, (docker: Docker) => Driver]>([
  ['buildx', (docker) => buildxDriver(docker, 'docker', '/nowhere')],
  ['docker', (docker) => dockerDriver(docker, '/nowhere')],
])('the driver %s', (name, make) => {
  const failing: Docker = async () => ({ ok: false, output: 'ERROR: no' })

  test('has its name, and returns the output of the engine when it fails', async () => {
    const driver = make(failing)
    expect(driver.name).toBe(name)
    expect(await driver.build(requestWith())).toEqual({ ok: false, output: 'ERROR: no' })
  })

  test('names what it does not support', () => {
    for (const limit of make(failing).limits(requestWith({ epoch: undefined, cacheTo: ['type=gha'] })))
      expect(limit).toMatch(/^.{20,}\.$/)
  })
})

test.each<[Partial<BuildRequest>]>([
  [{ platforms: ['linux/amd64', 'linux/arm64'] }],
  [{ provenance: 'min' }],
  [{ sbom: 'true' }],
])('docker build refuses %j before it starts', async (change) => {
  const never: Docker = () => Promise.reject(new Error('was run'))
  await expect(dockerDriver(never, '/i').build(requestWith(change))).rejects.toMatchObject({ code: 'engine-cannot' })
})
