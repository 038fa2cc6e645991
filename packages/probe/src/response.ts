import type { IncomingHttpHeaders } from 'node:http'
import { pathTo, textOf, valueAt } from './json-path.ts'
import { printable } from './printable.ts'
import type { ProbeResult } from './sample.ts'
import { hasStatus, type StatusSet } from './status-set.ts'
import type { VersionSource } from './version-source.ts'

/** The answer of a server, its body up to `bodyLimitBytes`. */
export interface ProbeResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** True where the body went on past the limit. */
  readonly truncated: boolean
}

export const bodyLimitBytes = 64 * 1024

export interface ResponseExpectation {
  readonly statuses: StatusSet
  /** The exact version that must be reported; undefined: any, or none. */
  readonly version: string | undefined
  readonly versionFrom: VersionSource
}

/** Compares an answer with what is expected. Pure. */
export function assess(response: ProbeResponse, expected: ResponseExpectation): ProbeResult {
  const found = findVersion(response, expected.versionFrom)
  const reported = 'version' in found ? { version: printableVersion(found.version) } : {}
  if (!hasStatus(expected.statuses, response.status)) return { ...unexpected(response), ...reported }
  const { version } = expected
  if (version === undefined)
    return { kind: 'pass', cause: 'as-expected', message: `answered ${response.status}`, ...reported }
  if ('none' in found) return { kind: 'error', ...withoutVersion(response, version, found.none) }
  const answer = `answered ${response.status} with version \`${printableVersion(found.version)}\``
  if (found.version === version) return { kind: 'pass', cause: 'as-expected', message: answer, ...reported }
  return {
    kind: 'wrong-version',
    cause: 'wrong-version',
    message: `${answer}, not \`${printableVersion(version)}\``,
    ...reported,
  }
}

/** Only the place of the expected version is named: nothing else of an answer is printed. */
function withoutVersion(
  response: ProbeResponse,
  version: string,
  none: string,
): Pick<ProbeResult, 'cause' | 'message'> {
  const place = findPlace(version, response)
  const message = `answered ${response.status}, but ${none}`
  if (place === undefined) return { cause: 'no-version', message }
  return { cause: 'version-elsewhere', message: `${message}: it is at \`${printable(place, 120)}\`` }
}

function unexpected({ status, headers }: ProbeResponse): ProbeResult {
  const { location } = headers
  if (status < 300 || status > 399 || location === undefined)
    return { kind: 'fail', cause: 'status', message: `answered ${status}` }
  // A query may hold secrets.
  const destination = printable(location.replace(/[?#].*$/s, ''), 120)
  return { kind: 'fail', cause: 'redirect', message: `answered ${status}, a redirect to ${destination}` }
}

function findVersion(response: ProbeResponse, from: VersionSource): { version: string } | { none: string } {
  if ('header' in from) {
    const value = response.headers[from.header]
    const text = Array.isArray(value) ? value.join(', ') : value
    return text ? { version: text } : { none: `has no header ${from.header} with its version` }
  }
  if (response.truncated)
    return { none: `its body is larger than ${bodyLimitBytes / 1024} KiB, so no version was read from it` }
  const document = parseJson(response.body)
  if (document === undefined) return { none: `its body is not JSON, so no version was read from it` }
  const value = valueAt(document, from.path)
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return { version: String(value) }
  return { none: `has no version at \`${printable(from.text, 80)}\` of its body` }
}

/** Where an answer holds a version, as `version-from` names it. */
function findPlace(version: string, { headers, body, truncated }: ProbeResponse): string | undefined {
  const header = Object.keys(headers).find((name) => headers[name] === version)
  const path = truncated ? undefined : pathTo(version, parseJson(body))
  return path ? textOf(path) : header && `header:${header}`
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** A version comes from the answer: it must be safe to print, and short. */
function printableVersion(version: string): string {
  return printable(version, 100)
}
