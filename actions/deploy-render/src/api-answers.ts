import { Failure } from '@belay/action-kit'

/** The fields that Belay needs of Render's objects; all are text. */
const fields = {
  service: ['id', 'name', 'type', 'ownerId'],
  deploy: ['id', 'status', 'createdAt'],
  envVar: ['key', 'value'],
  event: ['type', 'timestamp'],
  log: ['message', 'timestamp'],
} as const

export type ObjectKind = keyof typeof fields

/** Reads an object of Render. @throws Failure `render-answer` where it is none */
export function readObject<T>(value: unknown, kind: ObjectKind): T {
  if (isObject(value) && fields[kind].every((name) => typeof value[name] === 'string')) return value as T
  throw notRender(`it is no ${kind}`)
}

/** Reads a list whose entries hold one object each, as most of Render's lists do. @throws Failure `render-answer` */
export function readPage<T>(value: unknown, kind: ObjectKind): T[] {
  return readList(value, kind).map((entry) => readObject<T>(isObject(entry) ? entry[kind] : entry, kind))
}

/** Where the next page begins; empty if this is the last page. */
export function cursorOf(value: unknown): string {
  const last = Array.isArray(value) ? value.at(-1) : undefined
  return isObject(last) && typeof last.cursor === 'string' ? last.cursor : ''
}

/** Reads the lines of a log. @throws Failure `render-answer` */
export function readLogs<T>(value: unknown): T[] {
  return readList(isObject(value) ? value.logs : value, 'log').map((line) => readObject<T>(line, 'log'))
}

function readList(value: unknown, kind: ObjectKind): unknown[] {
  if (Array.isArray(value)) return value
  throw notRender(`it is no list of ${kind}s`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notRender(what: string): Failure {
  return new Failure(
    'render-answer',
    `The answer is not from Render's API: ${what}.`,
    'check api-url, and any proxy between the runner and Render.',
  )
}
