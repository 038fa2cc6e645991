import { describe, expect, test } from 'vitest'
import { ApiError, type KubeObject, type ManagedFields } from '../src/api.ts'
import { conflictsIn, ownerOf, owns, restoredManagers } from '../src/ownership.ts'

const entry = (manager: string, fields: object, more: Partial<ManagedFields> = {}): ManagedFields => ({
  manager,
  operation: 'Update',
  apiVersion: 'apps/v1',
  fieldsV1: { 'f:spec': fields },
  ...more,
})

describe('who sets which field', () => {
  test('a conflict names the field and the manager', () => {
    const error = new ApiError(409, 'Conflict', 'Apply failed with 2 conflicts', {
      causes: [
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "kubectl-edit" using apps/v1',
          field: '.spec.replicas',
        },
        { reason: 'FieldManagerConflict', message: 'conflict with "hpa" with subresource "scale"', field: '.spec.x' },
      ],
    })
    expect(conflictsIn(error)).toEqual([
      { manager: 'kubectl-edit', field: '.spec.replicas' },
      { manager: 'hpa', field: '.spec.x' },
    ])
    expect(conflictsIn(new ApiError(409, 'AlreadyExists', 'exists'))).toEqual([])
  })

  test('is put back as it was, with what others have come to set', () => {
    const saved = [
      entry('pipeline', { 'f:image': {}, 'f:replicas': {} }),
      entry('belay', { 'f:a': {} }, { operation: 'Apply' }),
      entry('controller', { 'f:x': {} }, { subresource: 'status', time: '1' }),
    ]
    const live = [
      // Our apply has taken the image from it; since then it has set a label.
      entry('pipeline', { 'f:replicas': {}, 'f:label': {} }),
      entry('belay', { 'f:image': {} }, { operation: 'Apply' }),
      entry('belay-undo', { 'f:image': {} }),
      entry('somebody', { 'f:note': {} }),
      entry('controller', { 'f:x': {} }, { subresource: 'status', time: '2' }),
    ]
    expect(restoredManagers(saved, live)).toEqual([
      entry('pipeline', { 'f:image': {}, 'f:replicas': {}, 'f:label': {} }),
      entry('belay', { 'f:a': {} }, { operation: 'Apply' }),
      entry('somebody', { 'f:note': {} }),
      entry('controller', { 'f:x': {} }, { subresource: 'status', time: '2' }),
    ])
  })

  test('a sole owner of replicas is known', () => {
    const object = (...managedFields: ManagedFields[]): KubeObject => ({ metadata: { name: 'api', managedFields } })
    const ours = entry('belay', { 'f:replicas': {} }, { operation: 'Apply' })
    expect(owns(object(ours), 'replicas')).toEqual({ ours: true, others: false })
    expect(owns(object(ours, entry('hpa', { 'f:replicas': {} }, { subresource: 'scale' })), 'replicas')).toEqual({
      ours: true,
      others: true,
    })
    expect(owns(object(), 'replicas')).toEqual({ ours: false, others: false })
  })

  test.each([
    ['Argo CD', { annotations: { 'argocd.argoproj.io/tracking-id': 'x' } }],
    ['Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'x' } }],
    ['Flux', { labels: { 'helm.toolkit.fluxcd.io/name': 'x' } }],
    ['Helm', { annotations: { 'meta.helm.sh/release-name': 'x' } }],
  ])('%s is seen to own an object', (owner, metadata) => {
    expect(ownerOf({ metadata: { name: 'api', ...metadata } })).toBe(`${owner} (x)`)
    expect(ownerOf({ metadata: { name: 'api', labels: { app: 'x' } } })).toBeUndefined()
  })
})
