// What Belay costs, as ratios that hold on any machine: measured beside their floor, in turn, in the same run.
import { availableParallelism, loadavg } from 'node:os'
import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { measureDeploys } from './deploy.ts'
import { canBuildImages, measureImage } from './image.ts'
import { measureSizes } from './size.ts'
import { measureStarts } from './start.ts'
import { measureSwitch } from './switch.ts'
import { tableOf } from './table.ts'

const goals = {
  start: { default: 2, 'migrate-db': 2.2 },
  tarball: 1_500_000,
  deploy: { ratio: 1.25, manyHosts: 1.1, connections: 1 },
  image: 1.05,
  wayBackMs: 1000,
}
const noHosts = canStartHosts()
const noImages = canBuildImages()
const noProxies = noHosts ?? canStartProxy('nginx') ?? canStartProxy('haproxy')
const loadBefore = loadavg()[0] ?? 0

const rows = [
  ...(await measureStarts(goals.start)),
  ...measureSizes(goals.tarball),
  ...(noHosts === undefined ? await measureDeploys(goals.deploy) : []),
  ...(noProxies === undefined ? await measureSwitch('nginx', 5, goals.wayBackMs) : []),
  ...(noProxies === undefined ? await measureSwitch('haproxy', 5, goals.wayBackMs) : []),
  ...(noImages === undefined ? await measureImage(7, goals.image) : []),
]

console.log(tableOf(rows))
console.log(`
Times are medians (lowest–highest), ratios those of pairs measured in turn; (n) pairs. A start is one process without
inputs, its floor \`node -e 0\`. A release brings 2,000 files, 52 MB, to two hosts at once, or to 16, with \`restart: none\`, a shared
path and a check that finds a file; main is its process from start to exit, when all hosts are swapped and checked.
Its floor, without lock, barrier, countdown and way back: a host one connection, one rsync (by checksum, compressed,
linked to the release before), and one batch of commands that links, swaps and checks. An image is of those files and one more, which each commit changes; it is
built and pushed to a registry on this machine, and its floor is the bare docker buildx build --push. A switch moves all
traffic between two slots, by the proxy's own word; its way back is from the decision of a failed job to the last request
that the new release answers; both are medians.`)
console.log(
  `\n${availableParallelism()} cores; others kept ${loadBefore.toFixed(1)} of them busy when it began. Above a half of them the ratios are rough.`,
)
if (noHosts !== undefined) console.log(`\nReleases were not measured: ${noHosts}`)
if (noProxies !== undefined) console.log(`\nSwitches were not measured: ${noProxies}`)
if (noImages !== undefined) console.log(`\nImages were not measured: ${noImages}`)
