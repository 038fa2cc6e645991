import { createdBy, type KubeObject, type Resource } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import { bodyFor } from '../src/desired.ts'
import type { KubernetesInputs } from '../src/inputs.ts'
import { neededRights } from '../src/needed-rights.ts'
import { isUnchanged, type PlannedObject, undoEntries } from '../src/plan.ts'
import { diffOf } from '../src/report.ts'

const object = (kind: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'api', uid: 'u1' },
  ...more,
})

function planned(kind: string, change: Partial<PlannedObject>): PlannedObject {
  const resource: Resource = { apiVersion: 'v1', kind, group: '', plural: `${kind.toLowerCase()}s`, path: '/p' }
  const before = object(kind)
  const ref = { apiVersion: 'v1', kind, name: 'api', path: '/p/api' }
  return { ref, resource, send: { apply: before }, before, after: before, force: false, changes: [], ...change }
}

describe('what is applied', () => {
  const desired = object('Deployment', { spec: { replicas: 2, paused: false } })
  const live = object('Deployment', { spec: { replicas: 7 } })

  test('has the release that created it, and keeps that later', () => {
    expect(bodyFor(desired, undefined, 'R1', 'as-desired').metadata.annotations).toEqual({ [createdBy]: 'R1' })
    const created = { ...live, metadata: { ...live.metadata, annotations: { [createdBy]: 'R1' } } }
    expect(bodyFor(desired, created, 'R2', 'as-desired').metadata.annotations).toEqual({ [createdBy]: 'R1' })
    expect(bodyFor(desired, live, 'R2', 'as-desired').metadata).not.toHaveProperty('annotations')
  })

  test('leaves replicas to an autoscaler', () => {
    expect(bodyFor(desired, live, 'R', 'as-desired').spec).toEqual({ replicas: 2, paused: false })
    expect(bodyFor(desired, live, 'R', 'left-out').spec).toEqual({ paused: false })
    expect(bodyFor(desired, live, 'R', 'as-live').spec).toEqual({ replicas: 7, paused: false })
  })
})

describe('the plan', () => {
  const changed = planned('Deployment', {
    after: object('Deployment', { spec: { replicas: 3 } }),
    changes: [{ path: '/spec', after: { replicas: 3 } }],
  })
  const created = planned('Service', { before: undefined })
  const secret = planned('Secret', {
    before: object('Secret', { data: { KEY: 'Zm9ybWVy' } }),
    after: object('Secret', { data: { KEY: 'bmV3' } }),
    changes: [{ path: '/data/KEY', before: 'Zm9ybWVy', after: 'bmV3' }],
  })

  test('knows what does not change', () => {
    expect([planned('Service', {}), changed, created].map(isUnchanged)).toEqual([true, false, false])
  })

  test('is shown field by field, without values of Secrets', () => {
    expect(diffOf([changed, created, planned('ConfigMap', {})], { atCommit: [] })).toBe(
      '~ deployment/api\n    /spec: none → {"replicas":3}\n+ service/api is created',
    )
    const dropped = [{ ref: created.ref, uid: 'u1' }]
    expect(diffOf([secret], { atCommit: dropped })).toBe(
      '~ secret/api\n    /data/KEY: changed\n- service/api is deleted once the release is committed',
    )
  })

  test('has what undoes it before anything changes, without values of Secrets', () => {
    const entries = undoEntries([changed, created, secret], 'belay-api-qa', 'R1')
    expect(entries.map((entry) => entry.do)).toEqual(['patch', 'delete', 'patch'])
    expect(entries[1]).toEqual({ do: 'delete', ref: created.ref, release: 'R1' })
    expect(JSON.stringify(entries)).not.toMatch(/Zm9ybWVy|bmV3/)
    expect(JSON.stringify(entries)).toContain('belay-api-qa-before-2')
  })
})

describe('the rights', () => {
  const inputs = (manifests: string[]) =>
    ({ manifests, keepReleases: 2, release: { service: 'api', environment: 'qa' } }) as unknown as KubernetesInputs
  const resource = (kind: string, group: string): Resource => ({
    apiVersion: 'v1',
    kind,
    group,
    plural: `${kind.toLowerCase()}s`,
    path: '',
  })
  const lines = (all: ReturnType<typeof neededRights>) =>
    all.map(({ group, resource: plural, verb, name }) => `${verb} ${plural}.${group}${name ? `/${name}` : ''}`)

  test('are those of the kinds in the set', () => {
    const needed = lines(neededRights(inputs(['x']), [resource('Deployment', 'apps'), resource('Service', '')]))
    expect(needed).toContain('delete deployments.apps')
    expect(needed).toContain('patch services.')
    expect(needed).toContain('patch leases.coordination.k8s.io/belay-api-qa')
    expect(needed).toContain('delete configmaps./belay-api-qa-undo')
    expect(needed.filter((line) => line.includes('-kept-') && line.startsWith('delete'))).toEqual([
      'delete configmaps./belay-api-qa-kept-0',
      'delete configmaps./belay-api-qa-kept-1',
    ])
    expect(needed.filter((line) => /^(get|patch|delete|list) configmaps\.$/.test(line))).toEqual([])
    expect(needed.filter((line) => /secrets|statefulsets|delete pods/.test(line))).toEqual([])
  })

  test('let a stuck pod of a StatefulSet be deleted', () => {
    expect(lines(neededRights(inputs(['x']), [resource('StatefulSet', 'apps')]))).toContain('delete pods.')
  })

  test('create and delete no workload for images alone', () => {
    const needed = lines(neededRights(inputs([]), []))
    expect(needed).toContain('patch deployments.apps')
    expect(needed.filter((line) => /^(create|delete) (deployments|statefulsets|daemonsets)/.test(line))).toEqual([])
  })
})
