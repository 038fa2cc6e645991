import { findControlCharacter } from './control-character.ts'
import { Failure } from './failure.ts'
import { mask } from './mask.ts'
import { kindOf, parseSettings, variableOf } from './variables.ts'

/** Reads inputs and collects every issue, so that one error names all of them. */
export interface InputReader {
  /** One line, without control characters; `multiline` where several lines are meant, `unchecked` where its caller checks. */
  text(name: string, options?: { default?: string; required?: string; multiline?: true; unchecked?: true }): string
  /** Non-empty lines, trimmed; `#` starts a comment line. */
  lines(name: string, options?: { required?: string }): string[]
  integer(name: string, options: { default: number; min: number; max: number }): number
  /** Whole seconds, written `90s`, `10m` or `1h`; without a unit it is refused. */
  seconds(name: string, options: { default: string; min: number; max: number }): number
  choice<T extends string>(name: string, options: { default: T; of: readonly T[] }): T
  boolean(name: string, options: { default: boolean }): boolean
  /**
   * Masked before it is returned, in all its forms. One line, without the line ends that it may have been copied with;
   * with `multiline` it is returned unchanged.
   */
  secret(name: string, options?: { required?: string; multiline?: true }): string
  /** Adds an issue that a plain type does not show: what is wrong with `name`, and how to fix it. */
  issue(name: string, problem: string, remedy: string): void
  /**
   * Says that the value of `name` means nothing beside the other inputs; the caller then ignores it. An issue where the
   * input itself was set. A variable may be meant for another service of the environment: the log only names it.
   */
  unneeded(name: string, problem: string, remedy: string): void
}

/** Where raw inputs come from: `INPUT_<NAME>` of the environment, as the runner gives them. */
export type RawInputs = (name: string) => string

export const fromEnvironment: RawInputs = (name) =>
  process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? ''

/** Inputs whose variable has another name than `BELAY_` and their own, by the input of `release`; undefined: none has. */
export type VariableNames = Readonly<Record<string, string | undefined>>

/** Where inputs are read. */
export interface InputContext {
  readonly variables?: VariableNames
  /** The environment of the composite `release` that the step is part of. Its users know the names of its inputs. */
  readonly releaseTo?: string | undefined
  /** Called once for each variable that is ignored. */
  readonly note?: (text: string) => void
}

/**
 * Runs `read` over the inputs and returns its result. An empty input is taken from its variable in `settings` (the JSON
 * of all variables); a secret or a decision of one run never is.
 * @throws Failure `inputs` with every issue, a line each: the input or the variable, what is wrong, how to fix it.
 */
export function readInputs<T>(
  read: (reader: InputReader) => T,
  raw: RawInputs = fromEnvironment,
  context: InputContext = {},
): T {
  const issues: string[] = []
  const ignored = new Set<string>()
  const value = read(inputReader(sourcesOf(raw, context), issues, ignored))
  for (const text of ignored) context.note?.(text)
  if (issues.length > 0) throw new Failure('inputs', inputError(issues))
  return value
}

function inputError(issues: readonly string[]): string {
  const inputs = new Set(issues.map((issue) => issue.split(':')[0])).size
  const count = inputs === 1 ? 'One input is' : `${inputs} inputs are`
  return `${count} invalid; nothing was changed.\n${issues.map((issue) => `  - ${issue}`).join('\n')}`
}

/** Where the value of an input comes from, and what users call it. */
interface Sources {
  raw: RawInputs
  /** The input itself, or the variable that stands for it. */
  value(name: string): string
  /** Whether the value is that of a variable. */
  isVariable(name: string): boolean
  /** The name in an issue: the variable where the value came from one, else the input. */
  label(name: string): string
  /** How to give what is missing; empty where the input itself is the only way. */
  hint(name: string): string
  readonly invalidSettings: boolean
}

function sourcesOf(raw: RawInputs, { variables = {}, releaseTo }: InputContext): Sources {
  const text = raw('settings')
  const settings = parseSettings(text)
  const releaseName = (name: string) => (name in variables ? variables[name] : name)
  const known = (name: string) => (releaseTo === undefined ? name : (releaseName(name) ?? name))
  const kind = (name: string) => kindOf(releaseName(name) ?? '')
  const variable = (name: string) => (kind(name) === 'variable' ? variableOf(releaseName(name) ?? '') : undefined)
  const set = (name: string) => settings?.get(variable(name) ?? '') ?? ''
  const isVariable = (name: string) => raw(name).trim() === '' && set(name).trim() !== ''
  const environment = releaseTo ?? raw('environment').trim()
  const inEnvironment = environment === '' ? '' : ` of environment ${environment}`
  return {
    raw,
    value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
    isVariable,
    label: (name) => (isVariable(name) ? `${variable(name)}` : known(name)),
    hint(name) {
      if (text.trim() === '') return ''
      if (kind(name) === 'secret') return ` Set a secret${inEnvironment}, and pass it to the input ${known(name)}.`
      return variable(name) ? ` Set the variable ${variable(name)}${inEnvironment}, or the input ${known(name)}.` : ''
    },
    invalidSettings: settings === undefined,
  }
}

const units = { s: 1, m: 60, h: 3600 } as const

function secondsOf(text: string): number | undefined {
  const [, amount, unit] = /^(\d+)\s*([smh])$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * units[unit as keyof typeof units]
}

function inputReader(sources: Sources, issues: string[], ignored: Set<string>): InputReader {
  const issue = (name: string, problem: string, remedy: string) => {
    const hint = problem === 'is missing' ? sources.hint(name) : ''
    issues.push(`${sources.label(name)}: ${problem}.${hint} ${remedy}`)
  }
  if (sources.invalidSettings) issue('settings', 'is not a JSON object of variables', 'Give ${{ toJSON(vars) }}.')
  const required = (name: string, value: string, example: string | undefined) => {
    if (example !== undefined && value === '') issue(name, 'is missing', `Give ${example}.`)
    return value
  }
  const oneLine = (name: string, value: string) => {
    const control = findControlCharacter(value)
    if (control) issue(name, `has ${control}`, 'Give plain text without it.')
  }
  const within = (name: string, value: number, min: number, max: number, unit: string) => {
    if (value < min || value > max) issue(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`)
    return value
  }
  // A composite passes an input on empty where its own caller left it out: that counts as not set.
  const given = (name: string, fallback: string) => sources.value(name).trim() || fallback

  return {
    issue,
    unneeded(name, problem, remedy) {
      if (sources.isVariable(name)) ignored.add(`The variable ${sources.label(name)} is ignored: it ${problem}.`)
      else issue(name, problem, remedy)
    },
    text(name, options = {}) {
      const value = given(name, options.default ?? '')
      if (!options.unchecked) oneLine(name, options.multiline ? value.replace(/\r?\n/g, ' ') : value)
      return required(name, value, options.required)
    },
    lines(name, options = {}) {
      const lines = sources
        .value(name)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
      for (const line of lines) oneLine(name, line)
      required(name, lines.join(), options.required)
      return lines
    },
    integer(name, { default: fallback, min, max }) {
      const text = given(name, String(fallback))
      if (/^-?\d+$/.test(text)) return within(name, Number(text), min, max, '')
      issue(name, `is "${text}", not a whole number`, `Give ${min} to ${max}; the default is ${fallback}.`)
      return fallback
    },
    seconds(name, { default: fallback, min, max }) {
      const text = given(name, fallback)
      const value = secondsOf(text)
      if (value !== undefined) return within(name, value, min, max, ' s')
      // Some users mean minutes and others seconds, so no unit is assumed.
      if (/^\d+$/.test(text)) issue(name, `is "${text}", without a unit`, `Give ${text}s or ${text}m.`)
      else issue(name, `is "${text}", not a duration`, 'Give a number with s, m or h: 90s, 10m, 1h.')
      return secondsOf(fallback) ?? min
    },
    choice(name, { default: fallback, of }) {
      const text = given(name, fallback)
      const found = of.find((option) => option === text)
      if (found === undefined) issue(name, `is "${text}"`, `Give one of: ${of.join(', ')}.`)
      return found ?? fallback
    },
    boolean(name, { default: fallback }) {
      const text = given(name, String(fallback)).toLowerCase()
      if (text !== 'true' && text !== 'false') issue(name, `is "${text}"`, 'Give true or false.')
      return text === 'true'
    },
    secret(name, options = {}) {
      const raw = sources.raw(name)
      // No spaces are trimmed: a passphrase may begin or end with one.
      const value = options.multiline ? raw : raw.replace(/^[\r\n]+|[\r\n]+$/g, '')
      for (const form of new Set([raw, value])) if (form !== '') mask(form)
      if (!options.multiline) oneLine(name, value)
      return required(name, value, options.required)
    },
  }
}
