import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeployBehaviour, FakeRender, RequestBehaviour } from '@belay/fakes/render'
import { Usage } from '../usage.ts'
import { checkKeys, checkMap, eachOf, oneOf, settingsFile, textIn } from './checked.ts'

type Deploys = readonly DeployBehaviour[]
type Answers = readonly RequestBehaviour[]
/** A kind of request to Render: `list-deploys`, `trigger-deploy`. */
export type Request = Parameters<FakeRender['simulation']['script']>[0]

/** An external failure, as `rehearsal.yml` says it: something else than Belay goes wrong. */
export interface Failure {
  /** The second version with one text of a file replaced. */
  readonly change?: { readonly file: string; readonly from: string; readonly to: string }
  /** What the registry refuses: every push of an image, or every pull from the step on that brings it to servers. */
  readonly registry?: 'refuses-pushes' | 'refuses-pulls'
  /** How the next deploys of a service on Render go. */
  readonly deploys?: Readonly<Record<string, Deploys>>
  /** How Render answers the next requests of a kind. */
  readonly answers?: Readonly<Record<string, Answers>>
  /** Variables that the second version of a service gets instead. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** How the run must end. */
  readonly ends: 'failure' | 'success'
}

export type Failures = Readonly<Record<string, Failure>>

const known = ['change', 'registry', 'deploys', 'answers', 'env', 'ends']

/** @throws Usage */
export function failuresOf(value: unknown, root: string): Failures {
  return eachOf(value, 'failures', (each, at) => failureOf(each, at, root))
}

function failureOf(value: unknown, at: string, root: string): Failure {
  const given = checkKeys(value, known, `${at}.`) as Readonly<Record<string, unknown>>
  const { change, registry, deploys, answers, env, ends = 'failure' } = given
  const what = known.filter((key) => key !== 'ends')
  if (what.every((key) => given[key] === undefined))
    throw new Usage(`${settingsFile}: ${at} must say what fails: ${what.join(', ')}.`)
  return {
    ...(change !== undefined && { change: changeOf(change, `${at}.change`, root) }),
    ...(registry !== undefined && { registry: oneOf(registry, ['refuses-pushes', 'refuses-pulls'], `${at}.registry`) }),
    ...(deploys !== undefined && { deploys: eachOf(deploys, `${at}.deploys`, listOf<Deploys>) }),
    ...(answers !== undefined && { answers: eachOf(answers, `${at}.answers`, listOf<Answers>) }),
    ...(env !== undefined && { env: eachOf(env, `${at}.env`, (some, where) => eachOf(some, where, textIn)) }),
    ends: oneOf(ends, ['failure', 'success'], `${at}.ends`),
  }
}

/** A change that finds nothing would turn the failure into a release that ends well. */
function changeOf(value: unknown, at: string, root: string): NonNullable<Failure['change']> {
  const given = checkKeys(value, ['file', 'from', 'to'], `${at}.`) as Readonly<Record<string, unknown>>
  const [file, from, to] = ['file', 'from', 'to'].map((key) => textIn(given[key], `${at}.${key}`)) as [
    string,
    string,
    string,
  ]
  if (!existsSync(join(root, file))) throw new Usage(`${settingsFile}: ${at}: the repository has no file ${file}.`)
  const found = readFileSync(join(root, file), 'utf8').split(from).length - 1
  if (found === 1) return { file, from, to }
  throw new Usage(`${settingsFile}: ${at}: ${file} must have "${from}" once, but has it ${found} times.`)
}

function listOf<List extends readonly object[]>(value: unknown, at: string): List {
  if (!Array.isArray(value) || value.length === 0)
    throw new Usage(`${settingsFile}: ${at} must be a list: one map for each, in their order.`)
  for (const [index, one] of value.entries()) checkMap(one, `${at}[${index}]`)
  return value as unknown as List
}
