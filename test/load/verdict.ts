import type { LoadReport } from '@belay/load'
import type { Release } from './belay.ts'
import type { Lane } from './lane.ts'
import type { Driver } from './options.ts'
import { causesOf, type Watched } from './watch.ts'

/**
 * What is not as promised: HAProxy fails no request, nginx none on fresh connections; on kept ones, which nginx may
 * close just as a request comes on them, no more a move than by bare reloads in the same run. No version is ever seen
 * but in its own time. Pure.
 */
export function problemsOf(driver: Driver, belay: Lane, alone: Lane, releases: readonly Release[]): string[] {
  const { fresh, keepAlive } = belay.watched
  return [
    ...failures(driver, 'fresh', fresh),
    ...(driver === 'nginx' ? moreThan(belay, alone) : failures(driver, 'kept', keepAlive)),
    ...strangers(driver, belay.watched, releases),
  ]
}

function failures(driver: Driver, connections: string, report: LoadReport): string[] {
  if (report.failed.length === 0) return []
  return [`${driver}: ${report.failed.length} requests failed on ${connections} connections: ${causesOf(report)}`]
}

/**
 * Where both lose a request at the same rate a move, how many of all losses are Belay's is chance: more than two
 * standard deviations over its share is not.
 */
function moreThan(belay: Lane, alone: Lane): string[] {
  const [lost, lostAlone] = [belay, alone].map(({ watched }) => watched.keepAlive.failed.length) as [number, number]
  const all = lost + lostAlone
  const share = belay.moves.length / (belay.moves.length + alone.moves.length)
  const allowed = all * share + 2 * Math.sqrt(all * share * (1 - share))
  if (lost <= allowed) return []
  const bare = `${lostAlone} in ${alone.moves.length} bare reloads`
  return [`nginx: ${lost} requests failed on kept connections in ${belay.moves.length} moves, beside ${bare}`]
}

/** Versions that were seen before their job began, or after a job that was to replace them had ended. */
function strangers(driver: Driver, { fresh, keepAlive }: Watched, releases: readonly Release[]): string[] {
  const seen = [fresh, keepAlive].flatMap(({ startedAt, versions }) =>
    versions.map(({ version, from, to }) => ({ version, from: startedAt + from, to: startedAt + to })),
  )
  return releases.flatMap((release, index) => {
    const own = seen.filter(({ version }) => version === release.sha)
    if (release.kind === 'unfit') return own.length > 0 ? [`${driver}: ${release.sha}, which is unfit, was served`] : []
    const early = own.some(({ from }) => from < release.began)
    const late = release.kind === 'regretted' && own.some(({ to }) => to > release.ended)
    if (release.kind === 'good' && own.length === 0) return [`${driver}: release ${index + 1} was never seen`]
    return early || late ? [`${driver}: release ${index + 1} (${release.kind}) was seen out of its time`] : []
  })
}
