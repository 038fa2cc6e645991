import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

export type Value = null | string | number | boolean | Value[] | { [key: string]: Value }
/** What success(), failure() and cancelled() look at; `skipped` only where a job needs one that was skipped. */
export type Status = 'success' | 'failure' | 'cancelled' | 'skipped'

/** What an expression can see. `status` answers success() and failure(); `cancelled` answers cancelled(). */
export interface Scope {
  contexts: Record<string, unknown>
  status: Status
  cancelled: boolean
  /** Where hashFiles() looks. */
  workspace: string
}

const STATUS_FUNCTIONS = ['success', 'failure', 'always', 'cancelled']
const FUNCTIONS = [
  ...STATUS_FUNCTIONS.map((name) => ({ name, minArgs: 0, maxArgs: 0 })),
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
]

/** The value of an expression (the text between `${{` and `}}`). Throws for a syntax error or an unknown name. */
export function evaluate(expression: string, scope: Scope): Value {
  const tree = parse(expression, Object.keys(scope.contexts))
  if (tree === undefined) return ''
  const contexts = toData(scope.contexts) as data.Dictionary
  return fromData(new Evaluator(tree, contexts, functionsOf(scope)).evaluate())
}

/** A text with every `${{ }}` in it replaced by its value as a string. */
export function interpolate(text: string, scope: Scope): string {
  return split(text)
    .map((part) => (part.expression ? toText(evaluate(part.text, scope)) : part.text))
    .join('')
}

/** A scalar of the file as a value: one that is a single `${{ }}` keeps its type, any other is a string. */
export function resolve(scalar: Value, scope: Scope): Value {
  if (typeof scalar !== 'string') return scalar
  const parts = split(scalar)
  const only = parts.length === 1 ? parts[0] : undefined
  return only?.expression ? evaluate(only.text, scope) : interpolate(scalar, scope)
}

/** A part of the file with all scalars in it resolved, but those below the keys of `except`. */
export function resolveDeep(value: Value, scope: Scope, except: string[] = []): Value {
  if (typeof value !== 'object' || value === null) return resolve(value, scope)
  if (Array.isArray(value)) return value.map((entry) => resolveDeep(entry, scope, except))
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, except.includes(key) ? entry : resolveDeep(entry, scope, except)]),
  )
}

/** A map of the file with all values evaluated to texts. */
export function evaluateAll(values: Record<string, Value>, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toText(resolve(value, scope))]))
}

/** An `if:`. `success() &&` stands before it where it names no status function, as the runner does. */
export function condition(text: string, scope: Scope): boolean {
  const expression = bare(text)
  const value = namesStatus(expression) ? true : scope.status === 'success'
  return value && truthy(expression.trim() === '' ? true : evaluate(expression, scope))
}

/** What is wrong with the expressions of a text (`isIf`: the whole text is one), or nothing. Evaluates nothing. */
export function problemOf(text: string, isIf: boolean, contextNames: string[]): string | undefined {
  try {
    const parts = isIf ? [{ expression: true, text: bare(text) }] : split(text)
    for (const part of parts) if (part.expression) parse(part.text, contextNames)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

export function toText(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'object') return Array.isArray(value) ? 'Array' : 'Object'
  return String(value)
}

function truthy(value: Value): boolean {
  return !(value === null || value === false || value === 0 || value === '' || Number.isNaN(value))
}

function parse(expression: string, contextNames: string[]) {
  return new Parser(new Lexer(expression.trim()).lex().tokens, contextNames, FUNCTIONS).parse()
}

/** The expression of an `if:`. The runner takes a text around `${{ }}` for a string, which is always true: a trap, hence an error here. */
function bare(text: string): string {
  const parts = split(text.trim())
  if (!parts.some((part) => part.expression)) return text
  const only = parts.length === 1 ? parts[0] : undefined
  if (!only)
    throw new Error('an if with text outside of its braces is always true; put the whole condition inside of them')
  return only.text
}

function namesStatus(expression: string): boolean {
  const tokens = new Lexer(expression.trim()).lex().tokens
  return tokens.some(
    (token, at) => STATUS_FUNCTIONS.includes(token.lexeme.toLowerCase()) && tokens[at + 1]?.lexeme === '(',
  )
}

/** A template as its literal and expression parts. A `}}` inside of a quoted string does not end an expression. */
function split(text: string): { expression: boolean; text: string }[] {
  const parts: { expression: boolean; text: string }[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('${{', at)
    if (open !== at) parts.push({ expression: false, text: text.slice(at, open < 0 ? undefined : open) })
    if (open < 0) break
    const close = closing(text, open + 3)
    parts.push({ expression: true, text: text.slice(open + 3, close) })
    at = close + 2
  }
  return parts
}

function closing(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted
    if (!quoted && text.startsWith('}}', at)) return at
  }
  throw new Error(`the expression that begins with "${text.slice(from - 3, from + 30)}" has no closing }}`)
}

function functionsOf(scope: Scope) {
  const answers: Record<string, (...args: data.ExpressionData[]) => data.ExpressionData> = {
    success: () => new data.BooleanData(scope.status === 'success'),
    failure: () => new data.BooleanData(scope.status === 'failure'),
    cancelled: () => new data.BooleanData(scope.cancelled),
    always: () => new data.BooleanData(true),
    hashFiles: (...patterns) =>
      new data.StringData(
        hashFiles(
          scope.workspace,
          patterns.map((p) => p.coerceString()),
        ),
      ),
  }
  return new Map(
    FUNCTIONS.map((info) => [
      info.name.toLowerCase(),
      { ...info, call: answers[info.name] as (typeof answers)[string] },
    ]),
  )
}

/** SHA-256 over the SHA-256 of each file that matches, empty where none does, as the runner's hashFiles. */
function hashFiles(workspace: string, patterns: string[]): string {
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'))
  const found = globSync(wanted, { cwd: workspace, exclude: excluded }).sort()
  const files = found.filter((file) => statSync(join(workspace, file)).isFile())
  const whole = createHash('sha256')
  for (const file of files)
    whole.update(
      createHash('sha256')
        .update(readFileSync(join(workspace, file)))
        .digest(),
    )
  return files.length === 0 ? '' : whole.digest('hex')
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new data.Dictionary(...Object.entries(value).map(([key, entry]) => ({ key, value: toData(entry) })))
}

function fromData(value: data.ExpressionData): Value {
  return JSON.parse(JSON.stringify(value, data.replacer))
}
