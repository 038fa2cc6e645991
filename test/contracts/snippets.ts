import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { root, type Step } from './manifests.ts'

/** A fenced block of a page. */
export interface Snippet {
  readonly page: string
  /** Line of its first fence. */
  readonly line: number
  /** `yaml`, `sh`, …; empty where none is given. */
  readonly language: string
  readonly text: string
  /** The tested file that the page shows here; undefined where the block is the page's own. */
  readonly file: string | undefined
}

/** Every fenced block that users may copy, by page and line. */
export const snippets: readonly Snippet[] = globSync(
  ['*.md', 'actions/*/README.md', 'examples/*/README.md', 'docs/**/*.md'],
  { cwd: root },
)
  .sort()
  .flatMap((page) => snippetsOf(page, readFileSync(join(root, page), 'utf8')))

export function snippetsOf(page: string, text: string): Snippet[] {
  const found: Snippet[] = []
  let open: { line: number; language: string; lines: string[]; file: string | undefined } | undefined
  let file: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, language] = /^\s*```(\S*)/.exec(line) ?? []
    if (language === undefined) {
      open?.lines.push(line)
      if (!open) file = /^<!-- file (\S+)/.exec(line)?.[1]
    } else if (open) {
      found.push({ page, line: open.line, language: open.language, text: open.lines.join('\n'), file: open.file })
      open = undefined
    } else open = { line: index + 1, language, lines: [], file }
  }
  return found
}

/** Whether a snippet is a workflow, or part of one, that uses Belay. */
export function usesBelay({ language, text }: Snippet): boolean {
  return language === 'yaml' && text.includes('uses: belay-actions/belay')
}

interface Piece {
  readonly jobs?: Record<string, { needs?: string; steps?: Step[] }>
  readonly steps?: Step[]
}

/**
 * The whole workflow that a snippet is part of: steps in a job, jobs in a workflow, with the jobs that it needs and does
 * not show. `…` stands for what a reader fills in: it is left out of maps.
 */
export function workflowOf({ text }: Snippet): {
  text: string
  jobs: Record<string, { steps?: Step[] }>
  open: boolean
} {
  const pinned = text.replaceAll('@<sha>', `@${'0'.repeat(40)}`)
  const piece = parse(pinned) as Piece | Step[]
  const jobs = Array.isArray(piece)
    ? { release: job({ steps: piece }) }
    : (piece.jobs ?? { release: job(piece as { steps: Step[] }) })
  const needed = Object.values(jobs).flatMap(({ needs }: { needs?: string | string[] }) => needs ?? [])
  const stubs = needed.filter((id) => !(id in jobs)).map((id) => [id, job({ steps: [{ run: 'true' } as Step] })])
  const on = Array.isArray(piece) || !('on' in piece) ? { on: 'push' } : {}
  const whole = filledIn({
    ...on,
    ...(Array.isArray(piece) || !piece.jobs ? {} : piece),
    jobs: { ...Object.fromEntries(stubs), ...jobs },
  })
  return {
    text: stringify(whole),
    jobs: (whole as { jobs: Record<string, { steps?: Step[] }> }).jobs,
    open: text.includes('…'),
  }
}

function job(content: object): { needs?: string; steps?: Step[] } {
  return { 'runs-on': 'ubuntu-latest', ...content } as { steps?: Step[] }
}

function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledIn).filter((one) => one !== null && one !== '…')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '…')
      .map(([key, one]) => [key, filledIn(one)]),
  )
}
