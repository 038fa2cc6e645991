import type { IncomingHttpHeaders } from 'node:http'
import { valueAt } from './json-path.ts'
import { printable } from './printable.ts'
import type { Reading } from './sample.ts'
import { hasStatus, type StatusSet } from './status-set.ts'
import type { VersionSource } from './version-source.ts'

/** What a server answered, its body up to `bodyLimit` bytes. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** True where the body went on past the limit. */
  readonly cut: boolean
}

export const bodyLimit = 64 * 1024

export interface Expectation {
  readonly statuses: StatusSet
  /** The version that must be reported, exactly; undefined: any, or none. */
  readonly version: string | undefined
  readonly versionFrom: VersionSource
}

/** Compares an answer with what is expected. Pure. */
export function assess(answer: Answer, expected: Expectation): Reading {
  const found = findVersion(answer, expected.versionFrom)
  const reported = 'version' in found ? { version: shown(found.version) } : {}
  if (!hasStatus(expected.statuses, answer.status)) return { ...unexpected(answer), ...reported }
  const { version } = expected
  if (version === undefined)
    return { kind: 'pass', cause: 'as-expected', said: `answered ${answer.status}`, ...reported }
  if ('none' in found)
    return { kind: 'error', cause: 'no-version', said: `answered ${answer.status}, but ${found.none}` }
  const told = `answered ${answer.status} with version \`${shown(found.version)}\``
  if (found.version === version) return { kind: 'pass', cause: 'as-expected', said: told, ...reported }
  return { kind: 'not-yet', cause: 'other-version', said: `${told}, not \`${shown(version)}\``, ...reported }
}

function unexpected({ status, headers }: Answer): Reading {
  const { location } = headers
  if (status < 300 || status > 399 || location === undefined)
    return { kind: 'fail', cause: 'status', said: `answered ${status}` }
  // A query may carry what is nobody else's business.
  const place = printable(location.replace(/[?#].*$/s, ''), 120)
  return { kind: 'fail', cause: 'redirect', said: `answered ${status}, a redirect to ${place}` }
}

function findVersion(answer: Answer, from: VersionSource): { version: string } | { none: string } {
  if ('header' in from) {
    const value = answer.headers[from.header]
    const text = Array.isArray(value) ? value.join(', ') : value
    return text ? { version: text } : { none: `has no header ${from.header} to tell its version` }
  }
  if (answer.cut) return { none: `its body is larger than ${bodyLimit / 1024} KiB, so no version was read from it` }
  const document = parseJson(answer.body)
  if (document === undefined) return { none: `its body is not JSON, so no version was read from it` }
  const value = valueAt(document, from.path)
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return { version: String(value) }
  return { none: `has no version at \`${printable(from.text, 80)}\` of its body` }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** A version comes from the answer: whatever it is, it must be fit to print, and no page of text. */
function shown(version: string): string {
  return printable(version, 100)
}
