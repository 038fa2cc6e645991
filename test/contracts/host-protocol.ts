import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { remedies as switchRemedies } from '../../actions/blue-green-switch/src/refusals.ts'
import { remedies as deployRemedies } from '../../actions/deploy-ssh/src/refusals.ts'
import { remedies as migrateRemedies } from '../../actions/migrate-db/src/refusals.ts'
import {
  alwaysSays,
  deployProtocol,
  migrateProtocol,
  otherStates,
  sharedProtocol,
  sharedRemedies,
  states,
  switchProtocol,
} from '../../packages/host/src/protocol.ts'
import type { Protocol, Remedies } from '../../packages/host/src/protocol-types.ts'
import { shellName, spokenName } from '../../packages/host/src/values.ts'
import { root } from './manifests.ts'

/** A host script, and the part that it belongs to: `host`, or the folder of an action. */
export interface Script {
  readonly path: string
  readonly part: string
  readonly text: string
}

/** The names of a part, in the words of the shell, by their kinds. */
export type Names = Record<Kind, Set<string>>

export const kinds = [
  'command', // cmd_NAME
  'host word', // host_NAME, and what `main` takes as an argument
  'value', // b_NAME, as COMMAND NAME
  'sent state', // r_NAME that the runner sends
  'found state', // r_NAME that the host finds
  'word', // say NAME
  'fact', // say fact NAME
  'code', // refuse NAME
  'finding', // say missing NAME, say doubt NAME
  'phase', // say phase NAME
  'failure', // say failed NAME
  'state', // of a release
] as const
export type Kind = (typeof kinds)[number]

/** The part that all actions share. */
export const shared = 'host'

/** Every host script there is: never by name, so that a new file is read too. */
export function hostScripts(): Script[] {
  return globSync(['packages/host/src/**/*.sh', 'actions/*/src/**/*.sh'], { cwd: root })
    .sort()
    .map((path) => ({ path, part: path.split('/')[1] ?? '', text: readFileSync(join(root, path), 'utf8') }))
}

/** What protocol.ts and the refusals of the actions declare, by part. */
export function declared(): Map<string, Names> {
  const parts: [string, Protocol, Remedies][] = [
    [shared, sharedProtocol, sharedRemedies],
    ['deploy-ssh', deployProtocol, deployRemedies],
    ['blue-green-switch', switchProtocol, switchRemedies],
    ['migrate-db', migrateProtocol, migrateRemedies],
  ]
  return new Map(parts.map(([part, protocol, remedies]) => [part, namesOf(part, protocol, remedies)]))
}

function namesOf(part: string, { commands, state, ...rest }: Protocol, remedies: Remedies): Names {
  const each = Object.entries(commands)
  return {
    command: new Set(each.map(([name]) => shellName(name))),
    'host word': new Set(rest.hostWords),
    value: new Set(
      each.flatMap(([name, command]) =>
        [...Object.keys(command.in), ...(command.changes ? ['protocol'] : [])].map(
          (value) => `${shellName(name)} ${shellName(value)}`,
        ),
      ),
    ),
    'sent state': new Set(Object.keys(state.sent).map(shellName)),
    'found state': new Set(Object.keys(state.found).map(shellName)),
    word: new Set([
      ...each.flatMap(([, { says = {}, facts }]) => [...Object.keys(says), ...(facts ? ['fact'] : [])]).map(spokenName),
      ...(part === shared ? Object.keys(alwaysSays) : []),
    ]),
    fact: new Set(each.flatMap(([, { facts = {} }]) => Object.keys(facts)).map(spokenName)),
    code: new Set(Object.keys(remedies)),
    finding: new Set(rest.findings),
    phase: new Set(rest.phases),
    failure: new Set(rest.failures),
    state: new Set(part === shared ? [...states, ...otherStates] : []),
  }
}

/** Every name that is on one side only: `host: the command NAME is not in protocol.ts`. */
export function differences(scripts: readonly Script[], spec: ReadonlyMap<string, Names>): string[] {
  const parts = new Set(scripts.map(({ part }) => part))
  const unknown = [...parts]
    .filter((part) => !spec.has(part))
    .map((part) => `${part}: has host scripts and no protocol`)
  const all = [...spec].flatMap(([part, names]) => partDifferences(part, names, scripts, spec))
  return [...unknown, ...all]
}

function partDifferences(
  part: string,
  names: Names,
  scripts: readonly Script[],
  spec: ReadonlyMap<string, Names>,
): string[] {
  const base = spec.get(shared) as Names
  const own = codeOf(scripts, (one) => one === part)
  const withShared = codeOf(scripts, (one) => one === part || one === shared)
  const everywhere = codeOf(scripts, () => true)
  const found: string[] = []
  const compare = (kind: Kind, used: Iterable<string>, known: Iterable<string>, isUsed: (name: string) => boolean) => {
    const allowed = new Set(known)
    for (const name of new Set(used))
      if (!allowed.has(name)) found.push(`${part}: a script has the ${kind} ${name}, and protocol.ts has not`)
    for (const name of names[kind])
      if (!isUsed(name)) found.push(`${part}: protocol.ts has the ${kind} ${name}, and no script has`)
  }
  const both = (kind: Kind) => [...names[kind], ...base[kind]]
  const has = (text: string, pattern: (name: string) => string) => (name: string) =>
    new RegExp(pattern(name), 'm').test(text)
  const token = (name: string) => `(?<![a-z_-])${name}(?![a-z_-])`
  const spoken = part === shared ? everywhere : withShared

  const defined = namesIn(own, /^(?:cmd|host)_([a-z_]+)\(\)/gm)
  const isDefined = (name: string) => defined.includes(name)
  compare('command', defined, [...names.command, ...names['host word']], isDefined)
  compare('host word', [], [], isDefined)

  const values = commandValues(own, withShared, names.command)
  const assigned = new Set(namesIn(withShared, /\bb_([a-z_]+)=/g))
  const given = (value: string) =>
    names.value.has(value) || value.endsWith(' command') || assigned.has(value.split(' ')[1] ?? '')
  compare(
    'value',
    values.needed.filter((value) => !given(value)),
    [],
    (value) => values.used.has(value),
  )
  const known = new Set([...both('value')].map((value) => value.split(' ')[1]))
  for (const name of new Set(namesIn(own, /\bb_([a-z_]+)/g)))
    if (!known.has(name) && name !== 'command' && !assigned.has(name))
      found.push(`${part}: a script has the value ${name}, and protocol.ts has not`)

  const stateNames = [
    ...both('sent state'),
    ...both('found state'),
    ...namesIn(
      codeOf(scripts, (one) => one === shared),
      /\br_(who)=/g,
    ),
  ]
  compare(
    'sent state',
    namesIn(own, /\br_([a-z_]+)/g),
    stateNames,
    has(withShared, (name) => `\\br_${name}\\b`),
  )
  compare(
    'found state',
    namesIn(own, /\bassign r_([a-z_]+)/g),
    stateNames,
    has(own, (name) => `\\bassign r_${name} `),
  )

  compare(
    'word',
    namesIn(own, /\bsay (?:"|')?([a-z][a-z0-9-]*)/g),
    both('word'),
    has(spoken, (name) => `\\bsay ["']?${name}(?![a-z0-9-])`),
  )
  compare(
    'fact',
    namesIn(own, /\bsay ["']?fact ([a-z-]+)/g),
    both('fact'),
    has(spoken, (name) => `\\bsay ["']?fact ${name}(?![a-z-])`),
  )
  compare('code', codesIn(own), both('code'), has(own, token))
  compare('finding', namesIn(own, /\bsay ["']?(?:missing|doubt) ([a-z][a-z-]*)/g), names.finding, has(own, token))
  compare(
    'phase',
    namesIn(own, /\bsay ["']?phase ([a-z-]+)/g),
    names.phase,
    has(own, (name) => `\\bphase ${name}(?![a-z])`),
  )
  compare(
    'failure',
    [...namesIn(own, /\bsay ["']?failed ([a-z]+)/g), ...namesIn(own, /^ *failed ([a-z]+)$/gm)],
    names.failure,
    has(own, (name) => `\\bfailed ${name}\\b`),
  )
  compare(
    'state',
    statesIn(own),
    base.state,
    has(own, (name) => `(?:\\.|turn "\\$[a-z_]+" (?:[a-z]+ )?|state[ =]|:-|end=)${name}\\b`),
  )
  return found
}

function codeOf(scripts: readonly Script[], isPart: (part: string) => boolean): string {
  return scripts
    .filter(({ part }) => isPart(part))
    .map(({ text }) => text.replaceAll(/(?:^|\s)#.*$/gm, ''))
    .join('\n')
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

/** A code is given to `refuse`, to the variable `code`, or printed before its text; a function `…_code` prints codes. */
function codesIn(text: string): string[] {
  const printers = [...functionsOf(text)].filter(([name]) => name.endsWith('_code')).map(([, body]) => body)
  return [
    ...namesIn(text, /\brefuse ([a-z][a-z-]*) /g),
    ...namesIn(text, /\bcode='?([a-z]+(?:-[a-z]+)*)/g),
    ...namesIn(text, /printf '%s' "([a-z]+(?:-[a-z]+)+) /g),
    ...printers.flatMap((body) => namesIn(body, /\bprintf ([a-z-]+)/g)),
  ]
}

function statesIn(text: string): string[] {
  return [
    ...[...text.matchAll(/\bturn "\$[a-z_]+" ([a-z]+) ([a-z]+)/g)].flatMap(([, from = '', to = '']) => [from, to]),
    ...namesIn(text, /"\$states"\/\*\.([a-z]+)/g),
    ...namesIn(text, /\bsay ["']state ([a-z]+)/g),
  ]
}

/** The text of each function by its name; a function that is defined again has both. */
function functionsOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', body = ''] of text.matchAll(/^([a-z_]+)\(\) (\{.*\}$|\{[\s\S]*?^\})/gm))
    found.set(name, `${found.get(name) ?? ''}\n${body}`)
  return found
}

/**
 * The values that each command needs, and those that it may use, as `COMMAND NAME`: of its function and all that it calls,
 * and of `main` before it.
 */
function commandValues(
  own: string,
  text: string,
  commands: ReadonlySet<string>,
): { needed: string[]; used: ReadonlySet<string> } {
  const functions = functionsOf(text)
  const defined = functionsOf(own)
  const reach = (start: string): string => {
    const seen = new Set<string>()
    const open = [start]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue
      seen.add(name)
      for (const [word] of (functions.get(name) ?? '').matchAll(/[a-z_]+/g))
        if (functions.has(word) && !/^(cmd|host)_/.test(word)) open.push(word)
    }
    return [...seen].map((name) => functions.get(name) ?? '').join('\n')
  }
  const before = reach('main')
  const needed: string[] = []
  const used = new Set<string>()
  for (const command of commands) {
    if (!defined.has(`cmd_${command}`)) continue
    const body = reach(`cmd_${command}`)
    for (const name of namesIn(`${body}\n${before}`, /\bb_([a-z_]+)/g)) used.add(`${command} ${name}`)
    // `${b_x-}` is of use also where there is none.
    for (const name of namesIn(body, /\$\{?b_([a-z_]+)(?![a-z_:-])/g)) needed.push(`${command} ${name}`)
  }
  return { needed, used }
}
