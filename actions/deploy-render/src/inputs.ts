import { type InputReader, mask, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { shownUrl } from '@belay/http'
import { parseVersionSource, type VersionSource } from '@belay/probe'

export const commands = ['deploy', 'rollback', 'look'] as const

export interface RenderInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  readonly release: ReleaseInputs
  readonly api: RenderApi
  /** Names or ids; the services of a group in parallel, one group after the other. */
  readonly groups: readonly (readonly string[])[]
  /** Empty: names are searched in every workspace of the key. */
  readonly owner: string
  /** The deploys that `command: rollback` restores. */
  readonly to: readonly RollbackTarget[]
  readonly images: readonly string[]
  readonly variables: readonly VariableInput[]
  readonly clearCache: boolean
  readonly checks: readonly CheckInput[]
  /** Undefined: no check reads the commit. */
  readonly versionFrom: VersionSource | undefined
  readonly allowOlder: boolean
  /** Services with a disk that may be rolled back. */
  readonly undoDisks: readonly string[]
  readonly github: GitHubInputs
  /** For the whole step, in seconds. */
  readonly deadline: number
}

export interface RenderApi {
  readonly key: string
  /** Without a slash at its end. */
  readonly url: string
}

/** The deploy to restore on a service. The deploy is given by id, the service by id or name. */
export interface RollbackTarget {
  readonly service: string
  readonly deploy: string
}

/** A variable to set; for every service where `service` is undefined. */
export interface VariableInput {
  readonly service: string | undefined
  readonly key: string
  readonly value: string
}

/** The endpoint of a health check: a path below the service's address, or a URL. */
export interface CheckInput {
  readonly service: string | undefined
  readonly endpoint: string
}

export const renderUrl = 'https://api.render.com/v1'

export function readRenderInputs(read: InputReader): RenderInputs {
  const groups = readGroups(read)
  const versionFrom = readVersionFrom(read)
  const command = read.choice('command', { default: 'deploy', of: commands })
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    release: readReleaseInputs(read),
    api: { key: readKey(read), url: readApiUrl(read) },
    groups,
    owner: readOwner(read),
    to: readRollbackTargets(read, command),
    images: readImages(read),
    variables: readVariables(read, groups.flat()),
    clearCache: read.boolean('clear-cache', { default: false }),
    checks: readChecks(read, groups.flat()),
    versionFrom,
    allowOlder: read.boolean('allow-older', { default: false }),
    undoDisks: readUndoDisks(read, groups.flat()),
    github: readGitHubInputs(read),
    deadline: read.seconds('deadline', { default: '45m', min: 30, max: 21_600 }),
  }
}

function readKey(read: InputReader): string {
  const key = read.secret('api-key', { required: 'an API key of Render' }).trim()
  if (!/^[\x21-\x7e]*$/.test(key)) read.issue('api-key', 'has characters that no API key has', 'Give one key.')
  return key
}

function readGroups(read: InputReader): string[][] {
  const id = read.text('service-id')
  const groups = read.lines('services').map((line) => line.split(/[\s,]+/).filter((name) => name !== ''))
  const all = groups.flat()
  const twice = all.filter((name, index) => all.indexOf(name) !== index)
  if (id !== '' && all.length > 0)
    read.issue('services', 'is given together with service-id', 'Give only one of the two.')
  if (id === '' && all.length === 0)
    read.issue('services', 'names no service', 'Give names or ids of services of Render, or one id in service-id.')
  if (id !== '' && !isId(id)) read.issue('service-id', `is "${id}"`, 'Give an id such as srv-ctq…, or use services.')
  if (twice.length > 0) read.issue('services', `names "${twice[0]}" twice`, 'Give every service once.')
  return id === '' ? groups : [[id]]
}

export function isId(text: string): boolean {
  return /^(srv|crn)-[0-9a-v]{10,30}$/.test(text)
}

function readOwner(read: InputReader): string {
  const owner = read.text('owner-id')
  if (owner !== '' && !/^(tea|usr)-[0-9a-z]+$/.test(owner))
    read.issue('owner-id', `is "${owner}"`, 'Give the id of a workspace, such as tea-cph1….')
  return owner
}

function readRollbackTargets(read: InputReader, command: RenderInputs['command']): RollbackTarget[] {
  const lines = read.lines('to')
  const targets = lines.map((line) => line.split(/\s+/))
  const wrong = targets.find((words) => words.length !== 2 || !/^dep-[0-9a-v]{10,30}$/.test(words[1] ?? ''))
  if (wrong)
    read.issue('to', `has the line "${wrong.join(' ')}"`, 'Give SERVICE and the id of a deploy, dep-…, a line each.')
  if (command === 'rollback' && lines.length === 0)
    read.issue(
      'to',
      'names no deploy to roll back to',
      "Give SERVICE DEPLOY, a line each. The release action fills them in from GitHub's deployments.",
    )
  if (command !== 'rollback' && lines.length > 0)
    read.issue('to', `is given with command: ${command}`, 'Give it only with command: rollback.')
  return targets.map(([service = '', deploy = '']) => ({ service, deploy }))
}

function readImages(read: InputReader): string[] {
  const images = read.lines('image')
  for (const image of images) {
    if (!/^[a-z0-9][\w.:/-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image))
      read.issue('image', `"${image}" names no version of an image`, 'Give name@sha256:… (better), or name:tag.')
  }
  return images
}

function readVariables(read: InputReader, services: readonly string[]): VariableInput[] {
  return read.lines('env').flatMap((line) => {
    const [, service, key, value] = /^(?:([^\s=]+)\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined) {
      // The line may hold a secret.
      read.issue('env', 'has a line that is not KEY=value', 'Give KEY=value, or SERVICE KEY=value, a line each.')
      return []
    }
    requireListed(read, 'env', service, services)
    if (value.length >= longEnoughToMask) mask(value)
    return [{ service, key, value }]
  })
}

/** In characters. Shorter values are common words; masking them would hide half of the log. */
const longEnoughToMask = 12

function readChecks(read: InputReader, services: readonly string[]): CheckInput[] {
  return read.lines('checks').flatMap((line) => {
    const words = line.split(/\s+/)
    const endpoint = words.pop() ?? ''
    const [service] = words
    if (
      words.length > 1 ||
      !(endpoint.startsWith('/') || /^https?:\/\//.test(endpoint)) ||
      !URL.canParse(endpoint, 'http://x')
    ) {
      read.issue('checks', `has the line "${shownUrl(line)}"`, 'Give SERVICE /path, or SERVICE URL, a line each.')
      return []
    }
    if (service === undefined && services.length > 1)
      read.issue(
        'checks',
        `does not say which service ${shownUrl(endpoint)} belongs to`,
        'Give SERVICE /path, a line each.',
      )
    requireListed(read, 'checks', service, services)
    return [{ service, endpoint }]
  })
}

function readVersionFrom(read: InputReader): VersionSource | undefined {
  const text = read.text('version-from', { default: 'sha' })
  if (text === 'none') return undefined
  const source = parseVersionSource(text)
  if (!source)
    read.issue(
      'version-from',
      `is "${text}"`,
      'Give a path in the JSON of the answer, such as sha or build.commit, or header:X-Version, or none.',
    )
  return source
}

function readUndoDisks(read: InputReader, services: readonly string[]): string[] {
  const names = read.lines('undo-disks').flatMap((line) => line.split(/[\s,]+/))
  for (const name of names) requireListed(read, 'undo-disks', name, services)
  return names
}

function requireListed(
  read: InputReader,
  input: string,
  service: string | undefined,
  services: readonly string[],
): void {
  if (service === undefined || services.includes(service) || services.length === 0) return
  read.issue(input, `names "${service}", which is not among the services`, `Give one of: ${services.join(', ')}.`)
}

function readApiUrl(read: InputReader): string {
  const text = read.text('api-url', { default: renderUrl }).replace(/\/+$/, '')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const shown = shownUrl(text)
  if (!url || !['http:', 'https:'].includes(url.protocol))
    read.issue('api-url', `is "${shown}", not a web address`, `Leave it out, or give one like ${renderUrl}.`)
  else if (shown !== text)
    read.issue('api-url', `is "${shown}", with a login or a query`, `Leave that out, as in ${renderUrl}.`)
  else if (url.protocol === 'http:' && !/^(localhost|\[::1\]|127(\.\d+){3})$/.test(url.hostname))
    read.issue('api-url', `is "${shown}", which would send the key unencrypted`, 'Give an https:// address.')
  return text
}
