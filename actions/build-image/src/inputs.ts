import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type InputReader, mask, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { type Image, isDigest, parseImage } from './image.ts'
import { tagError } from './plan.ts'

export const commands = ['build', 'promote'] as const

interface Common {
  readonly image: Image
  readonly login: { readonly username: string; readonly password: string } | undefined
  /** In the order in which they are set. */
  readonly tags: readonly string[]
  readonly ifExists: 'reuse' | 'fail' | 'overwrite'
  readonly dryRun: boolean
  readonly service: string
  /** In seconds. */
  readonly deadline: number
}

export interface BuildInputs extends Common {
  readonly command: 'build'
  /** Absolute. */
  readonly context: string
  /** Absolute; undefined: the engine finds it. */
  readonly file: string | undefined
  readonly target: string
  readonly platforms: readonly string[]
  readonly buildArgs: readonly Pair[]
  readonly secrets: readonly Secret[]
  readonly labels: readonly Pair[]
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  readonly provenance: 'auto' | 'min' | 'max' | 'false'
  /** `true`, `false`, or `generator=IMAGE`. */
  readonly sbom: string
  readonly push: 'auto' | 'true' | 'false'
  readonly engine: 'auto' | 'buildx' | 'docker'
}

export interface PromoteInputs extends Common {
  readonly command: 'promote'
  readonly release: ReleaseInputs
  /** Reads which commit a tag stands for. */
  readonly github: GitHubInputs
  /** Empty: what the commit's own tag names. */
  readonly digest: string
}

export type BuildImageInputs = BuildInputs | PromoteInputs

export interface Pair {
  readonly name: string
  readonly value: string
}

/** A value, or a file that holds it. */
export interface Secret {
  readonly id: string
  readonly from: { readonly value: string } | { readonly path: string }
}

export function readBuildImageInputs(read: InputReader): BuildImageInputs {
  const command = read.choice('command', { default: 'build', of: commands })
  const common = readCommon(read)
  return command === 'build' ? readBuild(read, common) : readPromote(read, common)
}

function readCommon(read: InputReader): Common {
  const image = readImage(read)
  return {
    image,
    login: readLogin(read),
    tags: readTags(read),
    ifExists: read.choice('if-exists', { default: 'reuse', of: ['reuse', 'fail', 'overwrite'] }),
    dryRun: read.boolean('dry-run', { default: false }),
    service: read.text('service', { default: process.env.GITHUB_REPOSITORY?.split('/')[1] ?? '' }),
    deadline: read.seconds('deadline', { default: '1h', min: 10, max: 21_600 }),
  }
}

function readImage(read: InputReader): Image {
  const repository = process.env.GITHUB_REPOSITORY ?? ''
  const text = read.text('image', { default: repository && `ghcr.io/${repository.toLowerCase()}` })
  const image = parseImage(text)
  if (!('wrong' in image)) return image
  read.issue(
    'image',
    `"${text}" ${image.wrong}`,
    'Give the name of the image without tag and digest: ghcr.io/acme/api.',
  )
  return { name: text, registry: '', repository: '', origin: 'https://localhost' }
}

function readLogin(read: InputReader): Common['login'] {
  const username = read.text('username', { default: process.env.GITHUB_ACTOR ?? '' })
  // Secrets are often stored with the line end of a copied token.
  const password = read.secret('password').trim()
  if (password === '') return undefined
  if (username === '' || username.includes(':'))
    read.issue(
      'username',
      username === '' ? 'is missing' : 'holds a ":"',
      'Give the login that the password belongs to.',
    )
  mask(Buffer.from(`${username}:${password}`).toString('base64'))
  return { username, password }
}

function readTags(read: InputReader): string[] {
  const tags = read.lines('tags')
  for (const tag of tags) {
    const wrong = tagError(tag)
    if (wrong)
      read.issue('tags', wrong, 'Give one tag per line: at most 128 letters, digits, ".", "_" and "-", no comma.')
  }
  return tags
}

function readPromote(read: InputReader, common: Common): PromoteInputs {
  const digest = read.text('digest')
  // A value pasted from the output ref has the name before it.
  const bare = digest.replace(`${common.image.name}@`, '')
  if (bare !== '' && !isDigest(bare))
    read.issue('digest', `is "${digest}"`, 'Give sha256: and 64 hex digits, as in the outputs digest and ref.')
  return {
    ...common,
    command: 'promote',
    release: readReleaseInputs(read),
    github: readGitHubInputs(read),
    digest: bare,
  }
}

function readBuild(read: InputReader, common: Common): BuildInputs {
  const context = readContext(read)
  const secrets = readSecrets(read)
  const hidden = secretValues(secrets, common.login)
  return {
    ...common,
    command: 'build',
    context,
    file: readFile(read, context),
    target: read.text('target'),
    platforms: readPlatforms(read),
    buildArgs: readBuildArgs(read, hidden),
    secrets,
    labels: readPairs(read, 'labels', hidden),
    cacheFrom: readCaches(read, 'cache-from'),
    cacheTo: readCaches(read, 'cache-to'),
    provenance: read.choice('provenance', { default: 'auto', of: ['auto', 'min', 'max', 'false'] }),
    sbom: readSbom(read),
    push: read.choice('push', { default: 'auto', of: ['auto', 'true', 'false'] }),
    engine: read.choice('engine', { default: 'auto', of: ['auto', 'buildx', 'docker'] }),
  }
}

function workspace(): string {
  return process.env.GITHUB_WORKSPACE ?? '.'
}

function readContext(read: InputReader): string {
  const given = read.text('context', { default: '.' })
  const context = resolve(workspace(), given)
  if (!existsSync(context) || !statSync(context).isDirectory())
    read.issue(
      'context',
      `"${given}" is not a folder`,
      'Give a folder of the workspace, and check out the repository before this step.',
    )
  return context
}

function readFile(read: InputReader, context: string): string | undefined {
  const given = read.text('file')
  const file = given === '' ? join(context, 'Dockerfile') : resolve(workspace(), given)
  if (!existsSync(file)) {
    const remedy = 'Give its path in the workspace, or put a Dockerfile into the context.'
    read.issue('file', `"${given || 'Dockerfile'}" does not exist`, remedy)
  }
  return given === '' ? undefined : file
}

function readPlatforms(read: InputReader): string[] {
  const platforms = read.lines('platforms')
  for (const platform of platforms) {
    if (!/^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/.test(platform))
      read.issue(
        'platforms',
        `"${platform}" is not a platform`,
        'Give one per line, such as linux/amd64 or linux/arm64.',
      )
  }
  return platforms
}

/** A name with this end holds a secret in nearly every project. A prefix marks what a browser gets anyway. */
const secretName = /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)$/i
const publicName = /(^|_)(PUBLIC|VITE|REACT_APP)_/i

/** Everybody can read build arguments in the image's history and provenance. */
function readBuildArgs(read: InputReader, hidden: readonly string[]): Pair[] {
  const pairs = readPairs(read, 'build-args', hidden)
  for (const { name } of pairs) {
    if (!secretName.test(name) || publicName.test(name)) continue
    const remedy =
      'Give it in secrets and mount it with RUN --mount=type=secret. If it is not a secret, give it another name.'
    read.issue('build-args', `${name} has the name of a secret, and everybody could read it in the image`, remedy)
  }
  return pairs
}

/** Other actions read CSV here. In this one the quotes would become part of the name. */
const unquoted = 'Remove the quotes: a line is taken literally, with commas and spaces.'

function readPairs(read: InputReader, input: string, hidden: readonly string[]): Pair[] {
  return read.lines(input).map((line) => {
    const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(line) ?? []
    if (name === '') read.issue(input, `"${line.split('=')[0]}" has no value`, 'Give one NAME=value per line.')
    else if (/["']/.test(name)) read.issue(input, `"${name}" has a quote in its name`, unquoted)
    if (hidden.some((secret) => value.includes(secret)))
      read.issue(input, `${name} holds the value of a secret`, 'Remove it: everybody could read it in the image.')
    return { name, value }
  })
}

/** Not printed: a cache may be named with a token. */
function readCaches(read: InputReader, input: string): string[] {
  const caches = read.lines(input)
  if (caches.some((cache) => /^["']/.test(cache))) read.issue(input, 'has a quoted line', unquoted)
  return caches
}

/** Values from `secrets`, from variables of the environment, which may have several lines, and from files. */
function readSecrets(read: InputReader): Secret[] {
  // Masks the whole lines; the values are masked below.
  read.secret('secrets', { multiline: true })
  const named = (input: string) =>
    read.lines(input).flatMap((line) => {
      const [, id, rest = ''] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line) ?? []
      if (id !== undefined) return [{ id, rest }]
      // Not printed: it may be a line of a value.
      read.issue(
        input,
        'has a line without an id',
        'Give one ID=… per line. Give values of several lines in secret-envs.',
      )
      return []
    })
  const empty = (input: string, id: string, remedy: string) => read.issue(input, `${id} is empty`, remedy)

  const values = named('secrets').map(({ id, rest }): Secret => {
    if (rest === '') empty('secrets', id, 'Check that this environment has the secret. Runs of forks get no secrets.')
    return { id, from: { value: rest } }
  })
  const variables = named('secret-envs').map(({ id, rest }): Secret => {
    const value = process.env[rest] ?? ''
    if (value === '')
      empty('secret-envs', `${id}, which is the variable ${rest},`, 'Set the variable in env of this step.')
    return { id, from: { value } }
  })
  const files = named('secret-files').map(({ id, rest }): Secret => {
    const path = resolve(workspace(), rest)
    if (!existsSync(path) || statSync(path).size === 0)
      empty('secret-files', `${id}, which is ${rest},`, 'Write the file in an earlier step.')
    return { id, from: { path } }
  })
  const all = [...values, ...variables, ...files]
  for (const { from } of all) if ('value' in from && from.value !== '') mask(from.value)
  const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index)
  if (twice) read.issue('secrets', `${twice.id} is given twice`, 'Give each id once.')
  return all
}

/** Without short values: harmless text contains them by chance. */
function secretValues(secrets: readonly Secret[], login: Common['login']): string[] {
  const values = secrets.flatMap(({ from }) => ('value' in from ? [from.value] : []))
  return [...values, login?.password ?? ''].filter((value) => value.length >= 6)
}

function readSbom(read: InputReader): string {
  const text = read.text('sbom', { default: 'false' })
  if (!/^(true|false|generator=[^,\s]+)$/.test(text))
    read.issue('sbom', `is "${text}"`, 'Give true, false, or generator=IMAGE for another scanner.')
  return text
}
