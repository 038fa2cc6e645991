import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { roleYaml } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { KubernetesInputs } from '../../../../actions/deploy-kubernetes/src/inputs.ts'
import { neededRights } from '../../../../actions/deploy-kubernetes/src/needed-rights.ts'
import { environments, exampleRoot, shop } from '../../src/kubernetes/lab.ts'

const read = (path: string) => readFileSync(join(exampleRoot, path), 'utf8')
/** The kinds of the manifests, as a server knows them. */
const kinds = [
  { kind: 'ConfigMap', apiVersion: 'v1', group: '', plural: 'configmaps', path: '' },
  { kind: 'Deployment', apiVersion: 'apps/v1', group: 'apps', plural: 'deployments', path: '' },
  { kind: 'Service', apiVersion: 'v1', group: '', plural: 'services', path: '' },
]

describe.each(environments)('the role of %s', (environment) => {
  const namespace = `shop-${environment}`

  test('is the one that preflight prints for its manifests', () => {
    const files = parse(read('deploy/base/kustomization.yaml')).resources as string[]
    const of = files.map((file) => parse(read(`deploy/base/${file}`)).kind)
    expect(['ConfigMap', ...of]).toEqual(kinds.map(({ kind }) => kind))
    const way = environment === 'production' ? { canary: 25 } : { slots: ['blue', 'green'] }
    const inputs = { release: { service: shop.name, environment }, namespace, keepReleases: 5, ...way }
    const needed = neededRights(inputs as unknown as KubernetesInputs, kinds)
    expect(read(`cluster/${environment}/role.yaml`).trimEnd()).toBe(roleYaml('belay-deploy', namespace, needed))
  })

  test('is bound to the jobs of that environment of this repository, and to nothing else', () => {
    const [, binding] = parseAllDocuments(read(`cluster/${environment}/access.yaml`)).map((one) => one.toJS())
    expect(binding.subjects).toEqual([
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'User',
        name: `github:repo:acme/shop:environment:${environment}`,
      },
    ])
    expect(binding.metadata).toEqual({ name: 'belay-deploy', namespace })
  })
})

test('what a release asks of its canary is a Service of it, and what its role allows', () => {
  const [step] = parse(read('.github/workflows/production.yml')).jobs.release.steps.filter(
    ({ id }: { id: string }) => id === 'shop',
  )
  const [role, binding] = parseAllDocuments(read('cluster/production/metrics.yaml')).map((one) => one.toJS())
  const { metadata, spec } = parse(read('deploy/production/canary.yaml'))
  const service = `${metadata.name}:${spec.ports[0].name}`
  expect(step.with['metrics-url']).toBe(`service://\${{ vars.BELAY_NAMESPACE }}/${service}/stats`)
  expect(role.rules).toEqual([
    { apiGroups: [''], resources: ['services/proxy'], resourceNames: [service], verbs: ['get'] },
  ])
  const [, deploys] = parseAllDocuments(read('cluster/production/access.yaml')).map((one) => one.toJS())
  expect([binding.subjects, binding.roleRef.name]).toEqual([deploys.subjects, role.metadata.name])
})

test('an image of the rehearsal is what the Dockerfile says', () => {
  const dockerfile = read('Dockerfile')
  // nodeContent has this folder, this user and this program; the lab gives both variables.
  for (const line of ['WORKDIR /app', 'COPY --from=tested /app/app ./', 'USER 1000', 'CMD ["node", "server.mjs"]'])
    expect(dockerfile).toContain(`\n${line}\n`)
  expect(dockerfile).toContain('\nENV COMMIT=${COMMIT} NODE_ENV=production\n')
})

test('the workflows find in the manifests where the number of the run goes', () => {
  const deployment = read('deploy/base/deployment.yaml')
  for (const environment of environments) {
    const { steps } = parse(read(`.github/workflows/${environment}.yml`)).jobs.release
    const { run } = steps.find(({ id }: { id: string }) => id === 'correlate')
    const [, place = 'none'] = /^sed -i "s\|([^|]+)\|/.exec(run) ?? []
    expect(deployment.split(place)).toHaveLength(2)
  }
})

test('both workflows need no secret but Slack’s', () => {
  const names = environments
    .flatMap((environment) => [...read(`.github/workflows/${environment}.yml`).matchAll(/secrets\.(\w+)/g)])
    .map(([, name]) => name)
  expect([...new Set(names)]).toEqual(['SLACK_TOKEN'])
})

test('the example’s own test passes', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--test', 'test/server.test.mjs'], {
    cwd: exampleRoot,
    encoding: 'utf8',
    // Within a test, node's runner would report to it.
    env: { PATH: process.env.PATH },
  })
  expect(status, stdout).toBe(0)
})
