// What a release to a cluster costs, beside kubectl and Helm: measured in turn, in the same run, on nodes that kwok fakes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartCluster, startCluster } from '@belay/test-cluster'
import { alignedTable } from '../../support/table.ts'
import { spreadOf } from '../series.ts'
import { auditTo, requestsOf } from './requests.ts'
import { type Way, type WayName, ways, withBuilt } from './ways.ts'

/** Releases that are measured, by the number of pods. */
const rounds: Readonly<Record<number, number>> = { 10: 5, 100: 3, 1000: 2 }
/** Milliseconds after which each number of pods is measured once, and no more. */
const budgetMs = 300_000
/** The median of Belay's times over kubectl's. */
const goal = 1.1

interface Measured {
  readonly ms: number
  readonly requests: readonly string[]
}
type Results = Readonly<Record<WayName, readonly Measured[]>>

const sizes = process.argv.slice(2).map(Number)
const chosen = Object.keys(rounds)
  .map(Number)
  .filter((pods) => sizes.length === 0 || sizes.includes(pods))
const missing = canStartCluster()
if (missing !== undefined || chosen.length === 0) {
  console.error(missing ?? `Give numbers of pods: ${Object.keys(rounds).join(', ')}.`)
  process.exit(1)
}
const names = (Object.keys(ways) as WayName[]).filter((name) => name !== 'helm' || hasHelm())
const loadBefore = loadavg()[0] ?? 0
const folder = mkdtempSync(join(tmpdir(), 'bench-cluster-'))
const cluster = await startCluster({ apiServer: auditTo(folder) })
try {
  await cluster.fakeNodes(100)
  const rows = []
  for (const pods of chosen) rows.push(...rowsOf(pods, await measure(pods, rounds[pods] ?? 1)))
  console.log(alignedTable(['what', 'time', 'over kubectl', 'requests', 'goal', 'verdict'], rows))
  console.log(`
A release changes the image and the configuration of a Deployment with a readiness probe, and ends when all its pods are
new and ready. Belay: main and post of deploy-kubernetes, with rights, lock, dry-run, saved undo, digests compared and commit.
kubectl: \`apply\` and \`rollout status\`. Helm: \`upgrade --wait\`. Times are medians (lowest–highest), in turn on one cluster of
100 fake nodes; the ratio is that of releases of the same round. Requests are those in the API server's audit log.`)
  console.log(
    `\nOthers kept ${loadBefore.toFixed(1)} cores busy when it began: above a half of them the ratios are rough.`,
  )
  if (!names.includes('helm')) console.log('\nHelm was not measured: PATH has no helm.')
} finally {
  await cluster.stop()
  rmSync(folder, { recursive: true })
}

function hasHelm(): boolean {
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore', env: { ...process.env, PATH: withBuilt } })
    return true
  } catch {
    return false
  }
}

/** Releases by each way in turn; who comes first changes each round. The first release of each does not count. */
async function measure(pods: number, count: number): Promise<Results> {
  const opened = new Map<WayName, Way>()
  for (const name of names) opened.set(name, await ways[name]({ cluster, folder, pods }))
  const results: Record<WayName, Measured[]> = { belay: [], kubectl: [], helm: [] }
  const isLate = () => performance.now() > budgetMs
  for (let round = 0; round <= count && !(round > 1 && isLate()); round++)
    for (const name of names.map((_, index) => names[(index + round) % names.length] as WayName)) {
      const way = opened.get(name) as Way
      const before = requestsOf(folder, way.namespace).length
      const ms = await way.release(round + 1)
      const requests = requestsOf(folder, way.namespace).slice(before)
      if (round > 0) results[name].push({ ms, requests })
      console.error(`${pods} pods, ${round === 0 ? 'first release' : `round ${round}`}, ${name}: ${Math.round(ms)} ms`)
    }
  return results
}

function rowsOf(pods: number, results: Results) {
  return names.map((name) => {
    const ratios = results[name].map(({ ms }, index) => ms / (results.kubectl[index]?.ms ?? Number.NaN))
    const ratio = spreadOf(ratios)
    const isOurs = name === 'belay'
    return {
      what: `${pods} pods: ${name} (${results[name].length})`,
      time: shown(
        results[name].map(({ ms }) => ms / 1000),
        1,
        ' s',
      ),
      'over kubectl': name === 'kubectl' ? '' : shown(ratios, 2, '×'),
      requests: shown(
        results[name].map(({ requests }) => requests.length),
        0,
        '',
      ),
      goal: isOurs ? `≤ ${goal.toFixed(2)}×` : '',
      verdict: !isOurs ? '' : ratio.median <= goal ? 'met' : `missed by ${(ratio.median - goal).toFixed(2)}×`,
    }
  })
}

function shown(values: readonly number[], digits: number, unit: string): string {
  const { min, median, max } = spreadOf(values)
  const [low, middle, high] = [min, median, max].map((value) => value.toFixed(digits))
  return low === high ? `${middle}${unit}` : `${middle}${unit} (${low}–${high})`
}
