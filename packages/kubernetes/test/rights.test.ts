import { expect, test } from 'vitest'
import { leaseName } from '../src/lease.ts'
import { covers, rights, roleYaml } from '../src/rights.ts'

test.each([
  [true, { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  [true, { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'] }],
  [true, { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['api'] }],
  [false, { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'] }],
  [false, { verbs: ['list'], apiGroups: ['apps'], resources: ['deployments'] }],
  [false, { verbs: ['get'], apiGroups: [''], resources: ['deployments'] }],
  [false, { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments/scale'] }],
])('whether a rule grants a right: %s', (granted, rule) => {
  expect(covers(rule, { group: 'apps', resource: 'deployments', verb: 'get', name: 'api' })).toBe(granted)
})

test('a subresource is granted by its own name alone', () => {
  const right = { group: '', resource: 'pods/log', verb: 'get' }
  const rule = (resource: string) => ({ verbs: ['get'], apiGroups: [''], resources: [resource] })
  expect([rule('pods/log'), rule('*/log'), rule('*'), rule('pods')].map((one) => covers(one, right))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('a role has one rule for what has the same verbs', () => {
  const needed = [
    ...rights('', 'configmaps', 'get delete', 'kept-0'),
    ...rights('', 'configmaps', 'create'),
    ...rights('', 'configmaps', 'get delete', 'kept-1'),
    ...rights('', 'pods', 'get list'),
    ...rights('apps', 'deployments', 'patch', 'api'),
    ...rights('', 'pods', 'delete'),
  ]
  expect(roleYaml('belay-deploy', 'shop', needed).split('\n').slice(4)).toEqual([
    '  - {apiGroups: [""], resources: [configmaps], resourceNames: [kept-0, kept-1], verbs: [get, delete]}',
    '  - {apiGroups: [""], resources: [configmaps], verbs: [create]}',
    '  - {apiGroups: [""], resources: [pods], verbs: [get, list, delete]}',
    '  - {apiGroups: ["apps"], resources: [deployments], resourceNames: [api], verbs: [patch]}',
  ])
})

test('two services never share the name of a Lease', () => {
  expect(leaseName('api', 'production')).toBe('belay-api-production')
  const names = [
    ['a-b', 'c'],
    ['a', 'b-c'],
    ['a.b', 'c'],
    ['A', 'c'],
    ['a', 'c'],
    ['a_b', 'c'],
  ].map(([service = '', environment = '']) => leaseName(service, environment))
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/)
})
