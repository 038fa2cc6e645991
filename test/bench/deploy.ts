import { join } from 'node:path'
import { type CompletedJob, type Fixture, openFixture, type Service } from '../support/fixture.ts'
import { type Baseline, openBaseline } from './baseline.ts'
import { measureInTurn, type Pairs } from './series.ts'
import { countRow, type Row, ratioRow } from './table.ts'
import { changeTree, writeTree } from './tree.ts'

/** Milliseconds of a job's stages, each beside the floor of its release. */
interface Times {
  readonly main: Pairs
  readonly post: Pairs
}

interface DeployBench {
  readonly fixture: Fixture
  readonly source: string
  readonly baseline: Baseline
  /** Gives the files of `source` new times, and 1 % of them new content. */
  change(): void
}

/** What a release may cost: as a ratio to two hosts and to many, and its connections to a host. */
interface Limits {
  readonly ratio: number
  readonly manyHosts: number
  readonly connections: number
}

/** Releases to two hosts, first and changed, near and far, and to 16, over their floor; and the connections of a job. */
export async function measureDeploys(limits: Limits): Promise<Row[]> {
  const two = await onHosts(2, async (bench) => [
    ...timeRows('first release', await measure(bench, 1, 0)),
    ...timeRows('1 % change, RTT 0 ms', await measure(bench, 7, 0), limits.ratio),
    ...timeRows('1 % change, RTT 20 ms', await measure(bench, 7, 20), limits.ratio),
    await connectionRow(bench, ['api'], limits.connections),
    await connectionRow(bench, ['api', 'worker'], limits.connections),
  ])
  const many = await onHosts(16, async (bench) => {
    // The first release has all 52 MB to bring.
    await measure(bench, 1, 0)
    return timeRows('1 % change, 16 hosts', await measure(bench, 3, 0), limits.manyHosts)
  })
  return [...two, ...many]
}

async function onHosts(count: number, measureRows: (bench: DeployBench) => Promise<Row[]>): Promise<Row[]> {
  const fixture = await openFixture({ hosts: count, disk: '600m' })
  try {
    const source = join(fixture.folder, 'tree')
    writeTree(source)
    let round = 0
    const baseline = await openBaseline(fixture)
    return await measureRows({ fixture, source, baseline, change: () => changeTree(source, ++round) })
  } finally {
    await fixture.close()
  }
}

/** Releases `count` changes, each by Belay and by the floor, over links of `rtt` milliseconds. */
async function measure({ fixture, source, baseline, change }: DeployBench, count: number, rtt: number): Promise<Times> {
  for (const { link } of fixture.hosts) link.delayMs = rtt / 2
  const posts: number[] = []
  const release = async () => {
    const completed = await runRelease(fixture, source, ['api'])
    posts.push(stageMs(completed, 'post'))
    return stageMs(completed, 'main')
  }
  const main = await measureInTurn({ count, prepare: change }, release, () => baseline(source))
  return { main, post: { subject: posts, baseline: main.baseline } }
}

function timeRows(what: string, { main, post }: Times, limit?: number): Row[] {
  return [ratioRow(`${what}: main`, main, limit), ratioRow(`${what}: its post`, post)]
}

async function connectionRow(
  { fixture, source, change }: DeployBench,
  services: Service[],
  limit: number,
): Promise<Row> {
  for (const { link } of fixture.hosts) link.delayMs = 0
  const before = fixture.hosts.map(({ link }) => link.connections)
  change()
  await runRelease(fixture, source, services)
  const opened = fixture.hosts.map(({ link }, index) => link.connections - (before[index] ?? 0))
  return countRow(`connections a host, job of ${services.length} service(s)`, Math.max(...opened), '', limit)
}

/** One job that releases services, a step each. Nothing is restarted, and the check finds a file: as in the floor. */
async function runRelease(fixture: Fixture, source: string, services: Service[]): Promise<CompletedJob> {
  const inputs = { restart: 'none', shared: 'uploads', 'keep-releases': '100', deadline: '60s' }
  const steps = services.map((service) =>
    fixture.deploy(service, source, { ...inputs, check: `command:test -s /srv/${service}/qa/current/part-0/0.txt` }),
  )
  const completed = await fixture.job('bench', steps)
  if (completed.belay !== 'committed')
    throw new Error(`a release of the bench ended as ${completed.belay}\n${completed.log}`)
  return completed
}

function stageMs({ job }: CompletedJob, stage: 'main' | 'post'): number {
  const found = job.steps.find((step) => step.stage === stage && step.path.endsWith('/api'))
  if (!found) throw new Error(`the job had no ${stage}`)
  return found.ms
}
