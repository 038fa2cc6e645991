// What users live through while releases come and go: `npm run load -- [--requests N] [--rate N] [--driver NAME]`.
// For each proxy, side by side and under the same clients: Belay's releases, half of them bad, and the proxy alone,
// moved as often by its own command. Then what a stop and start of the proxy costs. Exits 0 only if all is as promised.
import { availableParallelism, loadavg } from 'node:os'
import { canStartHosts } from '@belay/test-hosts'
import { measureDriver } from './driver.ts'
import { readOptions } from './options.ts'
import { tableOf } from './table.ts'

const options = readOptions(process.argv.slice(2))
const noHosts = canStartHosts()
if (noHosts !== undefined) throw new Error(`Nothing can be released to here: ${noHosts}`)
const loadBefore = loadavg()[0] ?? 0

const measured = []
for (const driver of options.drivers) measured.push(await measureDriver(driver, options))

console.log(`\n${tableOf(measured.flatMap(({ rows }) => rows))}\n`)
for (const line of measured.flatMap(({ times }) => times)) console.log(line)
console.log(`
Requests are sent by the clock, half of them on fresh connections, half on kept ones, and nothing is tried again: a
request failed if it had no whole 2xx answer of the service. A move is one order to the proxy. Belay's releases are whole
jobs by the real bundles over SSH: a good one, one that does not answer well, a good one, one whose job fails after
the switch, a rollback. Beside them, at the same time, the proxy alone is moved as often by its own command.
${availableParallelism()} cores; others kept ${loadBefore.toFixed(1)} of them busy when it began.`)
const problems = measured.flatMap(({ problems }) => problems)
console.log(problems.length === 0 ? '\nAll is as promised.' : `\nNot as promised:\n${problems.join('\n')}`)
process.exitCode = problems.length === 0 ? 0 : 1
