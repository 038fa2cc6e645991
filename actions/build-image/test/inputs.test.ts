import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseImage } from '../src/image.ts'
import { readBuildImageInputs } from '../src/inputs.ts'

const sha = '3f2a9c1b7d04e5f60718293a4b5c6d7e8f901234'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-inputs-'))
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n')
  writeFileSync(join(folder, 'key'), 'secret-key\n')
  const env = {
    GITHUB_WORKSPACE: folder,
    GITHUB_REPOSITORY: 'Acme/API',
    GITHUB_SHA: sha,
    GITHUB_ACTOR: 'ada',
    MULTI: 'line-one\nline-two',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const read = (given: Record<string, string> = {}) => readInputs(readBuildImageInputs, (name) => given[name] ?? '')

test('a build needs no input at all', () => {
  expect(read()).toMatchObject({
    command: 'build',
    image: { name: 'ghcr.io/acme/api', origin: 'https://ghcr.io', repository: 'acme/api' },
    login: undefined,
    context: folder,
    ifExists: 'reuse',
    push: 'auto',
    engine: 'auto',
    service: 'API',
    deadline: 3600,
  })
})

test('lists are lines, and their values are taken literally', () => {
  const inputs = read({
    'build-args': 'A=b,"c"\r\nEMPTY=\r\n  # a comment\r\n\r\n',
    labels: 'x=y=z',
    secrets: 'token=a=b,c',
    'secret-envs': 'multi=MULTI',
    'secret-files': 'key=key',
    tags: 'run-1\nrun-2',
  })
  expect(inputs).toMatchObject({
    buildArgs: [
      { name: 'A', value: 'b,"c"' },
      { name: 'EMPTY', value: '' },
    ],
    labels: [{ name: 'x', value: 'y=z' }],
    secrets: [
      { id: 'token', from: { value: 'a=b,c' } },
      { id: 'multi', from: { value: 'line-one\nline-two' } },
      { id: 'key', from: { path: join(folder, 'key') } },
    ],
    tags: ['run-1', 'run-2'],
  })
})

test.each<[Record<string, string>, RegExp]>([
  [{ image: 'ghcr.io/acme/api:1' }, /image: ".*" has a tag/],
  [{ image: 'https://ghcr.io/acme/api' }, /image: ".*" is a URL/],
  [{ image: 'ghcr.io/acme/_api' }, /image: ".*" has the part "_api"/],
  [{ 'build-args': 'NPM_TOKEN=x' }, /build-args: NPM_TOKEN has the name of a secret/],
  [{ 'build-args': 'DB_PASSWORD=x\nAPI_KEY=y' }, /DB_PASSWORD has the name(.|\n)*API_KEY has the name/],
  [{ 'build-args': 'X=pre-hunter22', secrets: 'a=hunter22' }, /build-args: X holds the value of a secret/],
  [{ labels: 'x=hunter22', password: 'hunter22' }, /labels: x holds the value of a secret/],
  [{ 'build-args': 'JUST_A_NAME' }, /build-args: "JUST_A_NAME" has no value/],
  [{ 'build-args': '"A=b,c"' }, /build-args: ""A" has a quote in its name/],
  [{ labels: "'org.example=x'" }, /labels: .* has a quote in its name/],
  [{ 'cache-from': '"type=gha"' }, /cache-from: has a quoted line/],
  [{ secrets: 'token=' }, /secrets: token is empty/],
  [{ 'secret-envs': 'token=NOT_SET' }, /secret-envs: token, which is the variable NOT_SET, is empty/],
  [{ 'secret-files': 'token=none' }, /secret-files: token, which is none, is empty/],
  [{ secrets: 'a=xxxxxx', 'secret-files': 'a=key' }, /secrets: a is given twice/],
  [
    { platforms: 'linux/amd64,linux/arm64' },
    /platforms: "linux\/amd64,linux\/arm64" is not a platform. Give one per line/,
  ],
  [{ tags: 'a,b' }, /tags: "a,b" is not a valid tag/],
  [{ context: 'nowhere' }, /context: "nowhere" is not a folder/],
  [{ file: 'Other' }, /file: "Other" does not exist/],
  [{ command: 'promote', environment: 'x', digest: 'sha256:12' }, /digest: is "sha256:12"/],
  [{ command: 'promote' }, /environment: is missing/],
  [{ password: 'x', username: 'a:b' }, /username: holds a ":"/],
  [{ sbom: 'yes' }, /sbom: is "yes"/],
])('%j is refused', (given, error) => {
  expect(() => read(given)).toThrow(error)
})

test('no error contains a secret', () => {
  const given = { secrets: 'hunter22', 'build-args': 'A=hunter33', password: 'hunter33' }
  expect(() => read(given)).toThrow(expect.not.stringMatching(/hunter/))
})

test.each(['TOKEN_URL', 'NEXT_PUBLIC_API_KEY', 'VITE_AUTH_KEY', 'KEYBOARD', 'NODE_VERSION'])(
  '%s is an ordinary build argument',
  (name) => {
    expect(read({ 'build-args': `${name}=x` })).toMatchObject({ buildArgs: [{ name, value: 'x' }] })
  },
)

describe('the name of an image', () => {
  test.each([
    ['nginx', 'docker.io', 'library/nginx', 'https://registry-1.docker.io'],
    ['acme/api', 'docker.io', 'acme/api', 'https://registry-1.docker.io'],
    ['docker.io/acme/api', 'docker.io', 'acme/api', 'https://registry-1.docker.io'],
    ['index.docker.io/nginx', 'docker.io', 'library/nginx', 'https://registry-1.docker.io'],
    ['GHCR.io/Acme/Api', 'ghcr.io', 'acme/api', 'https://ghcr.io'],
    ['registry.example.com:5000/a/b/c', 'registry.example.com:5000', 'a/b/c', 'https://registry.example.com:5000'],
    ['localhost/a', 'localhost', 'a', 'http://localhost'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000', 'a', 'http://127.0.0.1:5000'],
  ])('%s', (text, registry, repository, origin) => {
    expect(parseImage(text)).toMatchObject({ name: text.toLowerCase(), registry, repository, origin })
  })
})

test('a digest may have the image before it', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const given = { command: 'promote', environment: 'production', digest: `ghcr.io/acme/api@${digest}` }
  expect(read(given)).toMatchObject({ command: 'promote', digest, release: { runSha: sha } })
})
