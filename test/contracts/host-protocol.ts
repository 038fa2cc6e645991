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
  states,
  switchProtocol,
} from '../../packages/host/src/protocol.ts'
import type { Protocol, Remedies } from '../../packages/host/src/protocol-types.ts'
import { sharedRemedies } from '../../packages/host/src/shared-remedies.ts'
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
  const parts: [[string, Protocol, Remedies], ...[string, Protocol, Remedies][]] = [
    [shared, sharedProtocol, sharedRemedies],
    ['deploy-ssh', deployProtocol, deployRemedies],
    ['blue-green-switch', switchProtocol, switchRemedies],
    ['migrate-db', migrateProtocol, migrateRemedies],
  ]
  const [[, base]] = parts
  const inherited = new Set(Object.keys({ ...base.state.sent, ...base.state.found }))
  return new Map(parts.map(([part, protocol, remedies]) => [part, namesOf(part, protocol, remedies, inherited)]))
}

function namesOf(
  part: string,
  { commands, state, ...rest }: Protocol,
  remedies: Remedies,
  inherited: ReadonlySet<string>,
): Names {
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
    'sent state': new Set(
      Object.keys(state.sent)
        .filter((name) => part === shared || !inherited.has(name))
        .map(shellName),
    ),
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

/** What the scripts of one part say, by kind: the names that are used, and whether a name is. */
interface Reading {
  readonly used: Readonly<Record<Kind, ReadonlySet<string>>>
  uses(kind: Kind, name: string): boolean
  /** Values of any command, and variables that a script sets itself. */
  readonly values: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
}

/** Reads all scripts, once. */
export function readScripts(scripts: readonly Script[]): ReadonlyMap<string, Reading> {
  return new Map([...new Set(scripts.map(({ part }) => part))].map((part) => [part, readPart(scripts, part)]))
}

function readPart(scripts: readonly Script[], part: string): Reading {
  const own = codeOf(scripts, (one) => one === part)
  const withShared = codeOf(scripts, (one) => one === part || one === shared)
  // A word of a shared command may be said by the part of any action.
  const spoken = part === shared ? codeOf(scripts, () => true) : withShared
  const defined = new Set(namesIn(own, /^(?:cmd|host)_([a-z_]+)\(\)/gm))
  const { needed, used } = commandValues(own, withShared)
  const says = (word: string) => new Set(namesIn(own, new RegExp(`\\bsay ["']?${word}([a-z][a-z0-9-]*)`, 'g')))
  const places: Record<
    Exclude<Kind, 'command' | 'host word' | 'value'>,
    [text: string, pattern: (name: string) => string]
  > = {
    'sent state': [withShared, (name) => `\\br_${name}\\b`],
    'found state': [withShared, (name) => `\\bprint_assignment r_${name} `],
    word: [spoken, (name) => `\\bsay ["']?${name}(?![a-z0-9-])`],
    fact: [spoken, (name) => `\\bsay ["']?fact ${name}(?![a-z-])`],
    code: [withShared, (name) => `(?<![a-z_-])${name}(?![a-z_-])`],
    finding: [withShared, (name) => `(?:missing|doubt) ${name}(?![a-z-])`],
    phase: [withShared, (name) => `\\bphase ${name}(?![a-z])`],
    failure: [withShared, (name) => `\\bfailed ${name}\\b`],
    state: [own, (name) => `(?:\\.|transition "\\$[a-z_]+" (?:[a-z]+ )?|state[ =]|:-|end=)${name}\\b`],
  }
  const known = new Map<string, boolean>()
  const isInPlace = (kind: keyof typeof places, name: string): boolean => {
    const [text, pattern] = places[kind]
    const key = `${kind} ${name}`
    const found = known.get(key) ?? new RegExp(pattern(name), 'm').test(text)
    known.set(key, found)
    return found
  }
  return {
    used: {
      command: defined,
      'host word': new Set(),
      value: needed,
      'sent state': new Set(namesIn(own, /\br_([a-z_]+)/g).filter((name) => name !== 'who')),
      'found state': new Set(namesIn(own, /\bprint_assignment r_([a-z_]+)/g)),
      word: says(''),
      fact: says('fact '),
      code: new Set(codesIn(own)),
      finding: new Set([...says('missing '), ...says('doubt ')]),
      phase: new Set(namesIn(own, /\bsay ["']?phase ([a-z-]+)/g)),
      failure: new Set([...says('failed '), ...namesIn(own, /^ *failed ([a-z]+)$/gm)]),
      state: new Set(statesIn(own)),
    },
    uses(kind, name) {
      if (kind === 'command' || kind === 'host word') return defined.has(name)
      return kind === 'value' ? used.has(name) : isInPlace(kind, name)
    },
    values: new Set(namesIn(own, /\bb_([a-z_]+)/g)),
    variables: new Set(namesIn(withShared, /\bb_([a-z_]+)=/g)),
  }
}

/** Every name that is on one side only: `host: a script has the command NAME, and protocol.ts has not`. */
export function differences(scripts: ReadonlyMap<string, Reading>, spec: ReadonlyMap<string, Names>): string[] {
  const unknown = [...scripts.keys()]
    .filter((part) => !spec.has(part))
    .map((part) => `${part}: has host scripts and no protocol`)
  return [...unknown, ...[...spec].flatMap(([part, names]) => partDifferences(part, names, scripts.get(part), spec))]
}

function partDifferences(
  part: string,
  names: Names,
  reading: Reading | undefined,
  spec: ReadonlyMap<string, Names>,
): string[] {
  if (!reading) return [`${part}: has a protocol and no host scripts`]
  const base = spec.get(shared) as Names
  const both = (...of: Kind[]) => of.flatMap((kind) => [...names[kind], ...base[kind]])
  // What a slot is stands in the shared part, and is of the actions that fill slots or move traffic.
  const any = (...of: Kind[]) =>
    [...(part === shared ? spec.values() : [names, base])].flatMap((one) => of.flatMap((kind) => [...one[kind]]))
  const values = new Set(both('value').map((value) => value.split(' ')[1] ?? ''))
  const isVariable = (name: string) => name === 'command' || (reading.variables.has(name) && !values.has(name))
  const allowed: Record<Kind, readonly string[]> = {
    command: both('command', 'host word'),
    'host word': [],
    value: [...names.value, ...[...reading.used.value].filter((value) => isVariable(value.split(' ')[1] ?? ''))],
    'sent state': any('sent state', 'found state'),
    'found state': any('sent state', 'found state'),
    word: any('word'),
    fact: any('fact'),
    code: any('code'),
    // What a command would be refused with is found before, too.
    finding: any('finding', 'code'),
    phase: any('phase'),
    failure: any('failure'),
    state: [...base.state],
  }
  const missing = kinds.flatMap((kind) =>
    [...reading.used[kind]].filter((name) => !allowed[kind].includes(name)).map((name) => `the ${kind} ${name}`),
  )
  const foreign = [...reading.values].filter((name) => !values.has(name) && !isVariable(name))
  const unused = kinds.flatMap((kind) =>
    [...names[kind]].filter((name) => !reading.uses(kind, name)).map((name) => `the ${kind} ${name}`),
  )
  return [
    ...[...missing, ...foreign.map((name) => `the value ${name}`)].map(
      (name) => `${part}: a script has ${name}, and protocol.ts has not`,
    ),
    ...unused.map((name) => `${part}: protocol.ts has ${name}, and no script has`),
  ]
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
    ...[...text.matchAll(/\btransition "\$[a-z_]+" ([a-z]+) ([a-z]+)/g)].flatMap(([, from = '', to = '']) => [
      from,
      to,
    ]),
    ...namesIn(text, /"\$states"\/\*\.([a-z]+)/g),
    ...namesIn(text, /\bsay ["']state ([a-z]+)/g),
    ...namesIn(text, /\bend=([a-z]+)/g),
    ...namesIn(text, /\$\{state:-([a-z]+)\}/g),
  ]
}

/** The text of each function by its name; a function that is defined again has both. */
function functionsOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', body = ''] of text.matchAll(/^([a-z0-9_]+)\(\) (\{.*\}$|\{[\s\S]*?^\})/gm))
    found.set(name, `${found.get(name) ?? ''}\n${body}`)
  return found
}

/**
 * The values that each command needs, and those that it may use, as `COMMAND NAME`: of its function and all that it calls,
 * and, where `main` uses them before it, of that.
 */
function commandValues(own: string, text: string): { needed: Set<string>; used: Set<string> } {
  const functions = functionsOf(text)
  const reach = (start: string): string => {
    const seen = new Set<string>()
    const open = [start]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue
      seen.add(name)
      for (const [word] of (functions.get(name) ?? '').matchAll(/(?<![\w/$.{-])[a-z0-9_]+(?![\w=/.-])/g))
        if (functions.has(word) && !/^(cmd|host)_/.test(word)) open.push(word)
    }
    return [...seen].map((name) => functions.get(name) ?? '').join('\n')
  }
  const before = namesIn(reach('main'), /\bb_([a-z_]+)/g)
  const needed = new Set<string>()
  const used = new Set<string>()
  // What people and a boot call has no values.
  for (const command of namesIn(own, /^cmd_([a-z_]+)\(\)/gm).filter((name) => name !== 'serve' && name !== 'recover')) {
    const body = reach(`cmd_${command}`)
    for (const name of [...before, ...namesIn(body, /\bb_([a-z_]+)/g)]) used.add(`${command} ${name}`)
    // `${b_x-}` is of use also where there is none.
    for (const name of namesIn(body.replaceAll(/\$\{b_[a-z_]+:?-/g, ''), /\bb_([a-z_]+)/g))
      needed.add(`${command} ${name}`)
  }
  return { needed, used }
}
