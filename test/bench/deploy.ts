import { join } from 'node:path'
import { openScene, type Played, type Scene, type Service } from '../support/scene.ts'
import { type Floor, openFloor } from './floor.ts'
import { inTurn, type Pairs } from './series.ts'
import { countRow, type Row, ratioRow } from './table.ts'
import { changeTree, writeTree } from './tree.ts'

/** Milliseconds of a job's stages, each beside the floor of its release. */
interface Times {
  readonly main: Pairs
  readonly post: Pairs
}

interface Bench {
  readonly scene: Scene
  readonly source: string
  readonly floor: Floor
  /** Gives the files of `source` new times, and 1 % of them new content. */
  change(): void
}

/** Releases to two hosts, first and changed, near and far, over their floor; and the connections of a job. */
export async function measureDeploys(limits: { ratio: number; connections: number }): Promise<Row[]> {
  const scene = await openScene({ hosts: 2, disk: '600m' })
  try {
    const source = join(scene.folder, 'tree')
    writeTree(source)
    let round = 0
    const bench = { scene, source, floor: await openFloor(scene), change: () => changeTree(source, ++round) }
    return [
      ...timeRows('first release', await measure(bench, 1, 0)),
      ...timeRows('1 % change, RTT 0 ms', await measure(bench, 7, 0), limits.ratio),
      ...timeRows('1 % change, RTT 20 ms', await measure(bench, 7, 20), limits.ratio),
      await connectionRow(bench, ['api'], limits.connections),
      await connectionRow(bench, ['api', 'worker'], limits.connections),
    ]
  } finally {
    await scene.close()
  }
}

/** Releases `count` changes, each by Belay and by the floor, over links of `rtt` milliseconds. */
async function measure({ scene, source, floor, change }: Bench, count: number, rtt: number): Promise<Times> {
  for (const { link } of scene.hosts) link.delayMs = rtt / 2
  const posts: number[] = []
  const release = async () => {
    const played = await playRelease(scene, source, ['api'])
    posts.push(stageMs(played, 'post'))
    return stageMs(played, 'main')
  }
  const main = await inTurn({ count, prepare: change }, release, () => floor(source))
  return { main, post: { subject: posts, floor: main.floor } }
}

function timeRows(what: string, { main, post }: Times, limit?: number): Row[] {
  return [ratioRow(`${what}: main`, main, limit), ratioRow(`${what}: its post`, post)]
}

async function connectionRow({ scene, source, change }: Bench, services: Service[], limit: number): Promise<Row> {
  for (const { link } of scene.hosts) link.delayMs = 0
  const before = scene.hosts.map(({ link }) => link.connections)
  change()
  await playRelease(scene, source, services)
  const opened = scene.hosts.map(({ link }, index) => link.connections - (before[index] ?? 0))
  return countRow(`connections a host, job of ${services.length} service(s)`, Math.max(...opened), '', limit)
}

/** One job that releases services, a step each. Nothing is restarted, and the check finds a file: as in the floor. */
async function playRelease(scene: Scene, source: string, services: Service[]): Promise<Played> {
  const inputs = { restart: 'none', shared: 'uploads', 'keep-releases': '100', deadline: '60s' }
  const steps = services.map((service) =>
    scene.deploy(service, source, { ...inputs, check: `command:test -s /srv/${service}/qa/current/part-0/0.txt` }),
  )
  const played = await scene.job('bench', steps)
  if (played.belay !== 'committed') throw new Error(`a release of the bench ended as ${played.belay}\n${played.log}`)
  return played
}

function stageMs({ job }: Played, stage: 'main' | 'post'): number {
  const found = job.steps.find((step) => step.stage === stage && step.path.endsWith('/api'))
  if (!found) throw new Error(`the job had no ${stage}`)
  return found.ms
}
