import { isAbsolute, relative, resolve } from 'node:path'
import { log, type Step } from '@belay/action-kit'

/** A finding of BuildKit's linter in a Dockerfile. */
export interface BuildCheck {
  /** `MaintainerDeprecated: Maintainer instruction is deprecated…`. */
  readonly text: string
  readonly url: string
  readonly file: string
  /** From 1; undefined if it belongs to no line. */
  readonly line: number | undefined
}

interface Warning {
  short?: string
  url?: string
  sourceInfo?: { filename?: string }
  range?: { start?: { line?: number } }[]
}

/** The warnings in the metadata that `docker buildx build` writes (buildx 0.16 and later). */
export function checksIn(metadata: { 'buildx.build.warnings'?: Warning[] }): BuildCheck[] {
  return (metadata['buildx.build.warnings'] ?? []).map(({ short = '', url = '', sourceInfo, range }) => ({
    text: Buffer.from(short, 'base64')
      .toString('utf8')
      .replace(/ \(line \d+\)$/, ''),
    url,
    file: sourceInfo?.filename ?? 'Dockerfile',
    line: range?.[0]?.start?.line,
  }))
}

/** GitHub shows ten warnings of a step; the summary has all of them. */
const shownAnnotations = 10

/** Marks each check at its line of the Dockerfile, which is `file`, or `Dockerfile` in `context`. */
export function annotate(checks: readonly BuildCheck[], file: string, step: Pick<Step, 'info' | 'summary'>): void {
  if (checks.length === 0) return
  const path = inWorkspace(file)
  for (const { text, url, line } of checks.slice(0, shownAnnotations)) {
    const place = line === undefined ? {} : { startLine: line }
    log.warning(`${text} ${url}`.trim(), { title: 'Dockerfile', file: path, ...place })
  }
  const rows = checks.map(({ text, url, line }) => `- \`${path}${line ? `:${line}` : ''}\` ${link(text, url)}`)
  step.summary(`**Dockerfile checks**\n\n${rows.join('\n')}`)
}

function link(text: string, url: string): string {
  const [rule = '', ...rest] = text.split(': ')
  const said = rest.join(': ').replaceAll('<', '&lt;').replaceAll('|', '\\|')
  return url.startsWith('https://') ? `[${rule}](${url}): ${said}` : `${rule}: ${said}`
}

/** Annotations are placed by the path in the repository. */
function inWorkspace(file: string): string {
  const path = relative(resolve(process.env.GITHUB_WORKSPACE ?? '.'), file)
  return path.startsWith('..') || isAbsolute(path) ? file : path
}
