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
  /** Absolute; undefined: the engine looks for it. */
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
  /** Says which commit a tag stands for. */
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
  read.issue('image', `"${text}" ${image.wrong}`, 'Give its name without tag and digest: ghcr.io/acme/api.')
  return { name: text, registry: '', repository: '', origin: 'https://localhost' }
}

function readLogin(read: InputReader): Common['login'] {
  const username = read.text('username', { default: process.env.GITHUB_ACTOR ?? '' })
  // Secrets are often stored with the line end that a copied token came with.
  const password = read.secret('password').trim()
  if (password === '') return undefined
  if (username === '' || username.includes(':'))
    read.issue('username', username === '' ? 'is missing' : 'holds a ":"', 'Give the name that password belongs to.')
  mask(Buffer.from(`${username}:${password}`).toString('base64'))
  return { username, password }
}

function readTags(read: InputReader): string[] {
  const tags = read.lines('tags')
  for (const tag of tags) {
    const wrong = tagError(tag)
    if (wrong)
      read.issue('tags', wrong, 'Give a tag a line, of letters, digits, ".", "_" and "-", 128 at most, no comma.')
  }
  return tags
}

function readPromote(read: InputReader, common: Common): PromoteInputs {
  const digest = read.text('digest')
  // Pasted from the output ref, it has the name before it.
  const bare = digest.replace(`${common.image.name}@`, '')
  if (bare !== '' && !isDigest(bare))
    read.issue('digest', `is "${digest}"`, 'Give sha256: and 64 hex digits, as the outputs digest and ref have it.')
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
    read.issue('context', `"${given}" is no folder`, 'Give a folder of the workspace; is there a checkout before?')
  return context
}

function readFile(read: InputReader, context: string): string | undefined {
  const given = read.text('file')
  const file = given === '' ? join(context, 'Dockerfile') : resolve(workspace(), given)
  if (!existsSync(file)) {
    const remedy = 'Give its path in the workspace, or put a Dockerfile into the context.'
    read.issue('file', `"${given || 'Dockerfile'}" is not there`, remedy)
  }
  return given === '' ? undefined : file
}

function readPlatforms(read: InputReader): string[] {
  const platforms = read.lines('platforms')
  for (const platform of platforms) {
    if (!/^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/.test(platform))
      read.issue('platforms', `"${platform}" is none`, 'Give one a line, such as linux/amd64 or linux/arm64.')
  }
  return platforms
}

/** Of names that end so, the value is secret in nearly every project; what a browser gets anyway says so in front. */
const secretName = /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)$/i
const publicName = /(^|_)(PUBLIC|VITE|REACT_APP)_/i

/** Build arguments stand in the image's history and in its provenance for everybody to read. */
function readBuildArgs(read: InputReader, hidden: readonly string[]): Pair[] {
  const pairs = readPairs(read, 'build-args', hidden)
  for (const { name } of pairs) {
    if (!secretName.test(name) || publicName.test(name)) continue
    const remedy = 'Give it in secrets and mount it with RUN --mount=type=secret; if it is none, name it otherwise.'
    read.issue('build-args', `${name} looks like a secret, and everybody could read it in the image`, remedy)
  }
  return pairs
}

/** Other actions read CSV there; here the quotes would become part of the name. */
const unquoted = 'Leave the quotes out: a line is taken as it is, commas and spaces included.'

function readPairs(read: InputReader, input: string, hidden: readonly string[]): Pair[] {
  return read.lines(input).map((line) => {
    const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(line) ?? []
    if (name === '') read.issue(input, `"${line.split('=')[0]}" has no value`, 'Give NAME=value, one a line.')
    else if (/["']/.test(name)) read.issue(input, `"${name}" has a quote in its name`, unquoted)
    if (hidden.some((secret) => value.includes(secret)))
      read.issue(input, `${name} holds the value of a secret`, 'Everybody could read it in the image; leave it out.')
    return { name, value }
  })
}

/** Not printed: a cache may be named with a token. */
function readCaches(read: InputReader, input: string): string[] {
  const caches = read.lines(input)
  if (caches.some((cache) => /^["']/.test(cache))) read.issue(input, 'has a line that is quoted', unquoted)
  return caches
}

/** Values from `secrets`, from variables of the environment, which may have several lines, and from files. */
function readSecrets(read: InputReader): Secret[] {
  // Masks the lines as they are; the values alone are masked below.
  read.secret('secrets', { multiline: true })
  const named = (input: string) =>
    read.lines(input).flatMap((line) => {
      const [, id, rest = ''] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line) ?? []
      if (id !== undefined) return [{ id, rest }]
      // Not printed: it may be a line of a value.
      read.issue(input, 'has a line without an id', 'Give ID=…, one a line; values of several lines by secret-envs.')
      return []
    })
  const empty = (input: string, id: string, remedy: string) => read.issue(input, `${id} is empty`, remedy)

  const values = named('secrets').map(({ id, rest }): Secret => {
    if (rest === '') empty('secrets', id, 'Is the secret there in this environment? Runs of forks get none.')
    return { id, from: { value: rest } }
  })
  const variables = named('secret-envs').map(({ id, rest }): Secret => {
    const value = process.env[rest] ?? ''
    if (value === '') empty('secret-envs', `${id}, which is the variable ${rest},`, 'Set it by env of this step.')
    return { id, from: { value } }
  })
  const files = named('secret-files').map(({ id, rest }): Secret => {
    const path = resolve(workspace(), rest)
    if (!existsSync(path) || statSync(path).size === 0) empty('secret-files', `${id}, which is ${rest},`, 'Write it.')
    return { id, from: { path } }
  })
  const all = [...values, ...variables, ...files]
  for (const { from } of all) if ('value' in from && from.value !== '') mask(from.value)
  const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index)
  if (twice) read.issue('secrets', `${twice.id} is given twice`, 'Give each id once.')
  return all
}

/** Short values are passed over: they stand in harmless text by chance. */
function secretValues(secrets: readonly Secret[], login: Common['login']): string[] {
  const values = secrets.flatMap(({ from }) => ('value' in from ? [from.value] : []))
  return [...values, login?.password ?? ''].filter((value) => value.length >= 6)
}

function readSbom(read: InputReader): string {
  const text = read.text('sbom', { default: 'false' })
  if (!/^(true|false|generator=[^,\s]+)$/.test(text))
    read.issue('sbom', `is "${text}"`, 'Give true, false, or generator=IMAGE for a scanner of your own.')
  return text
}
