import { Failure } from '@belay/action-kit'
import { annotation } from '../annotations.ts'
import type { Helm } from './helm.ts'

/** One entry of a Helm release's history. */
export interface HelmRevision {
  readonly revision: number
  /** `deployed`, `superseded`, `failed`, `uninstalled`, `pending-upgrade`, … */
  readonly status: string
  readonly description: string
  /** When it began, as the Helm that made it writes it. */
  readonly updated?: string
}

/** A Helm release in a namespace. */
export interface HelmPlace {
  readonly name: string
  readonly namespace: string
}

/** By this label of its own a revision says which release of Belay's made it, whatever became of it. */
export const revisionLabel = annotation('release')

/** What a revision looks like to who reads Helm's history. */
export function descriptionOf(release: string): string {
  return `belay ${release}`
}

/** The history, the oldest first; empty where there is no such release. @throws Failure `helm-failed` */
export async function readHistory(
  helm: Helm,
  { name, namespace }: HelmPlace,
  signal: AbortSignal,
): Promise<HelmRevision[]> {
  const { status, output, errors } = await helm.run(
    ['history', name, '--namespace', namespace, '--max', '256', '--output', 'json'],
    { signal },
  )
  if (status === 0) return JSON.parse(output) as HelmRevision[]
  if (/release: not found/.test(errors)) return []
  throw helmFailure(`Helm does not say the history of ${name}`, errors)
}

/** Which release of Belay's made a revision; undefined for any other one. */
export async function makerOf(
  helm: Helm,
  { name, namespace }: HelmPlace,
  revision: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { status, output } = await helm.run(
    ['get', 'metadata', name, '--namespace', namespace, '--revision', String(revision), '--output', 'json'],
    { signal },
  )
  if (status !== 0) return undefined
  return (JSON.parse(output) as { labels?: Record<string, string> }).labels?.[revisionLabel]
}

export function isPending({ status }: HelmRevision): boolean {
  return status.startsWith('pending-')
}

/** The revision whose objects are live: that an undo goes back to. 0 where nothing is. Pure. */
export function lastGood(history: readonly HelmRevision[]): number {
  const last = history.at(-1)
  if (!last || last.status === 'uninstalled') return 0
  const newest = (status: string) => history.findLast((one) => one.status === status)
  return (newest('deployed') ?? newest('superseded') ?? last).revision
}

/** What Helm said last, in a failure of its own. */
export function helmFailure(what: string, errors: string, remedy?: string): Failure {
  const said = errors
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^level=|^WARNING: /.test(line))
    .join('\n')
    .replace(/^Error: /, '')
  return new Failure(
    'helm-failed',
    `${what}: ${said.slice(-2000)}`,
    remedy ?? 'run the same command by hand: helm says more with --debug.',
  )
}
