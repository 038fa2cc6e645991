import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KubeObject } from '../src/api.ts'
import { escapePointer, valueAt } from '../src/compare.ts'
import { configAnnotation, withConfigHash } from '../src/configuration.ts'
import { digestOf, imagesOf, parseImage, repositoryOf, withImages } from '../src/images.ts'
import { readManifests } from '../src/source.ts'
import { parseYaml } from '../src/yaml.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('YAML', () => {
  test('is read as Kubernetes reads it', async () => {
    const text = 'mode: 0644\nwhole: yes\nday: 2026-11-29\nport: 22:22\nbase: &b {x: 1}\nmerged: {<<: *b, z: 2}\n'
    expect(await parseYaml(text)).toEqual([
      { mode: 420, whole: true, day: '2026-11-29', port: '22:22', base: { x: 1 }, merged: { x: 1, z: 2 } },
    ])
    expect(await parseYaml('---\n# nothing\n---\na: 1\n')).toEqual([{ a: 1 }])
    await expect(parseYaml('a: [1')).rejects.toThrow('line 1')
  })
})

describe('manifests', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belay-manifests-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const read = (...paths: string[]) =>
    readManifests(
      paths.map((path) => join(folder, path)),
      'shop',
      { program: '/nowhere/kubectl' },
      new AbortController().signal,
    )
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const map = (name: string, more = '') => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}${more}}}\n`

  test('are read from files and folders, in order', async () => {
    mkdirSync(join(folder, 'set'))
    write('set/b.yml', map('b'))
    write('set/a.yaml', `${map('a')}---\n${map('c')}`)
    write('set/notes.txt', 'nothing')
    write(
      'more.json',
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"d"},"status":{}}]}',
    )
    const objects = await read('set', 'more.json')
    expect(objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'shop/a',
      'shop/c',
      'shop/b',
      'shop/d',
    ])
    expect(objects.at(-1)).not.toHaveProperty('status')
  })

  test.each([
    ['does not exist', undefined],
    ['is not YAML', 'a: [1'],
    ['without apiVersion or kind', 'a: 1'],
    ['without metadata.name', '{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x}}'],
    ['is for the namespace other', map('a', ', namespace: other')],
    ['stands twice', `${map('a')}---\n${map('a')}`],
    ['No object', '# nothing'],
    ['whose name is', map('"a/../b"')],
  ])('are refused: %s', async (problem, text) => {
    if (text !== undefined) write('set.yaml', text)
    await expect(read('set.yaml')).rejects.toMatchObject({ code: 'source', message: expect.stringContaining(problem) })
  })
})

describe('images', () => {
  test('are named by their digest', () => {
    expect(parseImage(`ghcr.io/acme/api:v1@${digest}`)).toEqual({ name: 'ghcr.io/acme/api', digest })
    expect(parseImage(`host:5000/api@${digest}`)).toEqual({ name: 'host:5000/api', digest })
    for (const text of ['ghcr.io/acme/api:v1', 'api', `@${digest}`, `api@sha256:${'a'.repeat(63)}`])
      expect(parseImage(text), text).toBeUndefined()
    expect([digestOf(`api@${digest}`), digestOf('api:v1')]).toEqual([digest, undefined])
  })

  test.each([
    ['nginx:1', 'docker.io/library/nginx'],
    ['acme/api', 'docker.io/acme/api'],
    [`localhost/api@${digest}`, 'localhost/api'],
    ['host:5000/acme/api:v1', 'host:5000/acme/api'],
  ])('%s is one of %s', (image, repository) => expect(repositoryOf(image)).toBe(repository))

  test('are replaced in every pod template, of custom resources too', () => {
    const template = {
      spec: { initContainers: [{ name: 'i', image: 'acme/api:v1' }], containers: [{ name: 'c', image: 'other' }] },
    }
    const object: KubeObject = { apiVersion: 'x/v1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template } }
    const replaced = withImages(object, [{ name: 'docker.io/acme/api', digest }])
    expect(imagesOf(replaced).map(({ image }) => image)).toEqual([`docker.io/acme/api@${digest}`, 'other'])
    expect(imagesOf(object).map(({ image }) => image)).toEqual(['acme/api:v1', 'other'])
  })
})

describe('the hash of the configuration', () => {
  const workload = (spec: object): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api' },
    spec: { template: { spec: { containers: [{ name: 'c', image: 'i', ...spec }] } } },
  })
  const configMap = (value: string): KubeObject => ({
    kind: 'ConfigMap',
    metadata: { name: 'api' },
    data: { a: value },
  })
  const hashOf = (objects: readonly KubeObject[]) => {
    const [first] = withConfigHash(objects)
    return valueAt(first, `/spec/template/metadata/annotations/${escapePointer(configAnnotation)}`)
  }

  test.each([
    ['envFrom', { envFrom: [{ configMapRef: { name: 'api' } }] }],
    ['env', { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'api', key: 'a' } } }] }],
  ])('changes with what a container reads by %s', (_, spec) => {
    const hash = hashOf([workload(spec), configMap('1')])
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(hashOf([workload(spec), configMap('2')])).not.toBe(hash)
    expect(hashOf([workload(spec), configMap('1')])).toBe(hash)
  })

  test('counts volumes, projected ones too', () => {
    const volumes = (volume: object) => ({
      ...workload({}),
      spec: { template: { spec: { containers: [], volumes: [{ name: 'v', ...volume }] } } },
    })
    const secret: KubeObject = { kind: 'Secret', metadata: { name: 'api' }, stringData: { a: '1' } }
    expect(hashOf([volumes({ secret: { secretName: 'api' } }), secret])).toBeDefined()
    expect(hashOf([volumes({ projected: { sources: [{ secret: { name: 'api' } }] } }), secret])).toBeDefined()
  })

  test('is not there where nothing of the set is used', () => {
    expect(hashOf([workload({ envFrom: [{ configMapRef: { name: 'other' } }] }), configMap('1')])).toBeUndefined()
  })
})
