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

/** Releases to two hosts, first and changed, near and far, over their floor; and the connections of a job. */
export async function measureDeploys(limits: { ratio: number; connections: number }): Promise<Row[]> {
  const fixture = await openFixture({ hosts: 2, disk: '600m' })
  try {
    const source = join(fixture.folder, 'tree')
    writeTree(source)
    let round = 0
    const bench = { fixture, source, baseline: await openBaseline(fixture), change: () => changeTree(source, ++round) }
    return [
      ...timeRows('first release', await measure(bench, 1, 0)),
      ...timeRows('1 % change, RTT 0 ms', await measure(bench, 7, 0), limits.ratio),
      ...timeRows('1 % change, RTT 20 ms', await measure(bench, 7, 20), limits.ratio),
      await connectionRow(bench, ['api'], limits.connections),
      await connectionRow(bench, ['api', 'worker'], limits.connections),
    ]
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
