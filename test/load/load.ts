// What users see during releases: `npm run load -- [--requests N] [--rate N] [--driver NAME]`.
// For each proxy, side by side and under the same clients: Belay's releases, half of them bad, and the proxy alone,
// moved as often by its own command. Then the cost of a stop and start of the proxy. Exit status: 0 only if all is as promised.
import { availableParallelism, loadavg } from 'node:os'
import { canStartHosts } from '@belay/test-hosts'
import { measureDriver } from './driver.ts'
import { readOptions } from './options.ts'
import { tableOf } from './table.ts'

const options = readOptions(process.argv.slice(2))
const noHosts = canStartHosts()
if (noHosts !== undefined) throw new Error(`The load test cannot start hosts here: ${noHosts}`)
const loadBefore = loadavg()[0] ?? 0

const measured = []
for (const driver of options.drivers) measured.push(await measureDriver(driver, options))

console.log(`\n${tableOf(measured.flatMap(({ rows }) => rows))}\n`)
for (const line of measured.flatMap(({ times }) => times)) console.log(line)
console.log(`
Requests are sent by the clock, half of them on fresh connections, half on kept ones, without retries: a request failed if
it had no complete 2xx answer of the service. A move is one command to the proxy. Belay's releases are whole jobs with the
real bundles over SSH: a good one, an unhealthy one, a good one, one whose job fails after the switch, a rollback. At the
same time the proxy alone is moved as often by its own command.
${availableParallelism()} cores; other processes used ${loadBefore.toFixed(1)} of them at the start.`)
const problems = measured.flatMap(({ problems }) => problems)
console.log(problems.length === 0 ? '\nAll is as promised.' : `\nNot as promised:\n${problems.join('\n')}`)
process.exitCode = problems.length === 0 ? 0 : 1
