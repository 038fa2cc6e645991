import type { JobState } from '@belay/action-kit'
import { readInputs } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { filledRelease } from '../src/service/fill.ts'
import { readServiceInputs, type ServiceInputs } from '../src/service/inputs.ts'

const needed = { driver: 'service', environment: 'production', namespace: 'shop', slots: 'blue green' }

beforeEach(() => {
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/sales')
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
})
afterEach(() => void vi.unstubAllEnvs())

const read = (given: Record<string, string> = {}): ServiceInputs =>
  readInputs(readServiceInputs, (name) => ({ ...needed, ...given })[name] ?? '')

describe('the inputs of the driver service', () => {
  test('are those of a cluster, and none of a host', () => {
    expect(read()).toMatchObject({
      command: 'switch',
      undo: true,
      namespace: 'shop',
      slots: ['blue', 'green'],
      lockTimeout: 300,
      deadline: 900,
    })
  })

  test.each([
    [{ slots: '' }, 'slots: is missing'],
    [{ slots: 'blue' }, 'slots: is "blue"'],
    [{ namespace: '' }, 'namespace: is missing'],
    [{ command: 'rollback', version: 'v1.0.0' }, 'version: is "v1.0.0"'],
  ])('%s is refused', (given, text) => {
    expect(() => read(given as Record<string, string>)).toThrow(text)
  })

  test('let the cluster wait only where an image is given', () => {
    expect([read().confirm, read({ 'confirm-timeout': '1m' }).confirm]).toEqual([undefined, undefined])
    const image = `registry.example.com/kubectl:v1.35.2@sha256:${'0'.repeat(64)}`
    expect(read({ 'confirm-image': image }).confirm).toEqual({ image, seconds: 600 })
    expect(read({ 'confirm-image': image, 'confirm-timeout': '1m' }).confirm?.seconds).toBe(60)
    expect(() => read({ 'confirm-image': 'registry.example.com/kubectl:v1.35.2' })).toThrow(
      'confirm-image: is "registry.example.com/kubectl:v1.35.2", and not an image by its digest',
    )
  })

  test('go back to the slot that had the traffic', () => {
    expect(read({ command: 'rollback' }).release.version).toBe('previous')
  })
})

describe('what a job has filled', () => {
  const saved = {
    release: 'R2',
    lease: {
      namespace: 'shop',
      name: 'belay-sales-production',
      service: 'sales',
      environment: 'production',
      holder: 'h',
    },
    fill: { active: 'blue', idle: 'green', services: ['api'], scaled: false },
    keeping: { record: { release: 'R2', version: 'v2', sha: 'b'.repeat(40), at: '2026-11-30' } },
  }
  const fill = { id: 'deploy-kubernetes-1', action: 'deploy-kubernetes', mutates: true, service: 'sales' }
  const find = (step: object) => filledRelease({ steps: [{ ...fill, ...step }] } as unknown as JobState, read())

  test('is what its last step for the service has left', () => {
    expect(find({ undo: saved, ended: { ok: true, result: 'pending' } })).toMatchObject({ release: 'R2' })
  })

  test('is nothing where that had nothing to do', () => {
    expect(find({ undo: undefined, ended: { ok: true, result: 'noop' } })).toBeUndefined()
  })

  test.each([
    ['a step that failed', { undo: saved, ended: { ok: false, result: 'rolled-back' } }],
    ['a step without slots', { undo: { ...saved, fill: undefined }, ended: { ok: true, result: 'pending' } }],
    ['a step for another service', { service: 'other', undo: saved, ended: { ok: true, result: 'pending' } }],
    [
      'a step for another environment',
      { undo: { ...saved, lease: { ...saved.lease, environment: 'qa' } }, ended: { ok: true, result: 'pending' } },
    ],
    ['a dry-run', { mutates: false, undo: undefined, ended: { ok: true, result: 'unchanged' } }],
  ])('is missing after %s', (_, step) => {
    expect(() => find(step)).toThrow('No step of this job has filled a slot of sales in shop')
  })
})
