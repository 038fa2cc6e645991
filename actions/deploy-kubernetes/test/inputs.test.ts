import { Failure, readInputs } from '@belay/action-kit'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readKubernetesInputs } from '../src/inputs.ts'

const digest = `sha256:${'a'.repeat(64)}`
const valid: Record<string, string> = { environment: 'qa', namespace: 'shop', manifests: 'deploy' }

beforeEach(() => {
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})

const read = (given: Record<string, string>) =>
  readInputs(readKubernetesInputs, (name) => ({ ...valid, ...given })[name] ?? '')

function issueOf(given: Record<string, string>): string {
  try {
    read(given)
  } catch (error) {
    if (error instanceof Failure && error.code === 'inputs') return error.message
    throw error
  }
  return 'no issue'
}

describe('the inputs of deploy-kubernetes', () => {
  test('are read with their defaults', () => {
    expect(read({ images: `ghcr.io/acme/api@${digest}` })).toMatchObject({
      command: 'deploy',
      dryRun: false,
      namespace: 'shop',
      manifests: ['deploy'],
      images: [{ name: 'ghcr.io/acme/api', digest }],
      access: { kubeconfig: '', server: '', ca: '', token: '', audience: '' },
      prune: true,
      keepReleases: 5,
      progressTimeout: 300,
      lockTimeout: 300,
      deadline: 1200,
    })
  })

  test('name two slots, in a line or in two', () => {
    expect(read({}).slots).toBeUndefined()
    expect(read({ slots: 'blue green' }).slots).toEqual(['blue', 'green'])
    expect(read({ slots: 'a\nb', command: 'rollback', manifests: '' }).slots).toEqual(['a', 'b'])
  })

  test('give a canary in percent of the pods', () => {
    expect(read({}).canary).toBeUndefined()
    expect(read({ canary: '25%' }).canary).toBe(25)
    expect(read({ canary: '25%', command: 'inspect' }).canary).toBeUndefined()
    for (const canary of ['25', '0%', '101%', '2.5%', '1 %'])
      expect(issueOf({ canary })).toContain(`canary: is "${canary}"`)
  })

  test.each([
    ['together with slots', { slots: 'blue green' }],
    ['together with chart', { manifests: '', chart: 'deploy/chart' }],
    ['without manifests', { manifests: '', images: `ghcr.io/acme/api@${digest}` }],
    ['for a rollback', { command: 'rollback' }],
  ])('refuse a canary %s', (how, given) => {
    expect(issueOf({ canary: '25%', ...given })).toContain(`canary: is given ${how}`)
  })

  test('of inspect need no source, also where a deploy goes to slots', () => {
    const given = { command: 'inspect', manifests: '', slots: 'blue green' }
    expect(read(given)).toMatchObject({ command: 'inspect', manifests: [], images: [] })
    expect(issueOf({ ...given, command: 'deploy' })).toContain('manifests: and chart and images are all missing')
  })

  test('of a rollback name no source, and what a deploy takes is ignored', () => {
    expect(read({ command: 'rollback', images: 'acme/api:v1' })).toMatchObject({
      manifests: [],
      images: [],
      release: { version: 'previous' },
    })
    expect(read({ command: 'rollback', version: 'v1.2.3', manifests: '' }).release.version).toBe('v1.2.3')
  })

  test('of a chart name where it takes the image', () => {
    const set = 'image={image}\nother.digest={digest}\nreplicas=3'
    const { chart } = read({ manifests: '', chart: 'chart', set, images: `acme/api@${digest}`, service: 'shop' })
    expect(chart).toEqual({
      chart: 'chart',
      name: 'shop',
      values: [],
      set: [`image=acme/api@${digest}`, `other.digest=${digest}`, 'replicas=3'],
    })
  })

  test.each([
    [{ 'keep-releases': '1' }, 'keep-releases: is'],
    [{ manifests: '' }, 'manifests: and chart and images are all missing'],
    [{ slots: 'blue' }, 'slots: is "blue"'],
    [{ slots: 'blue blue' }, 'slots: is "blue blue"'],
    [{ slots: 'blue Green' }, 'slots: is "blue Green"'],
    [{ slots: 'blue green', manifests: '', images: `acme/api@${digest}` }, 'slots: is given without manifests'],
    [{ namespace: '' }, 'namespace: is missing'],
    [{ namespace: 'Shop' }, 'namespace: is "Shop"'],
    [{ namespace: 'a/../b' }, 'namespace: is "a/../b"'],
    [{ images: 'acme/api:v1' }, 'images: "acme/api:v1" is not an image by its digest'],
    [{ images: `acme/api@${digest}\ndocker.io/acme/api@${digest}` }, 'images: names docker.io/acme/api twice'],
    [{ kubeconfig: 'x', server: 'https://x' }, 'server: is given together with kubeconfig'],
    [{ server: 'http://x' }, 'server: is "http://x"'],
    [{ token: 'secret-token' }, 'token: is given without server'],
    [{ ca: 'x' }, 'ca: is given without server'],
    [{ server: 'https://x', token: 'secret-token', audience: 'y' }, 'audience: is given without server, or with token'],
    [{ deadline: '2h' }, 'deadline: is 7200 s'],
    [{ chart: 'chart' }, 'chart: is given together with manifests'],
    [{ chart: 'chart', manifests: '', slots: 'blue green' }, 'chart: is given together with slots'],
    [{ values: 'values.yaml' }, 'values: is given without chart'],
    [{ chart: 'https://charts.example.com/api', manifests: '' }, 'chart: is "https://charts.example.com/api"'],
    [{ chart: 'chart', manifests: '', set: 'image={image}' }, 'set: has {image} or {digest}, and images has 0 lines'],
    [
      { chart: 'chart', manifests: '', images: `acme/api@${digest}` },
      'images: is given with a chart whose set does not use it',
    ],
    [{ chart: 'chart', manifests: '', set: 'loud' }, 'set: "loud" is not KEY=VALUE'],
    [{ chart: 'chart', manifests: '', 'helm-release': 'Api' }, 'helm-release: is "Api"'],
  ])('%j is refused', (given, issue) => expect(issueOf(given as Record<string, string>)).toContain(issue))
})
