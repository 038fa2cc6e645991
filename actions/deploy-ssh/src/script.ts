import { readFileSync } from 'node:fs'
import { composeHostScript, type HostScript } from '@belay/host'

const driver = readFileSync(new URL('./host/driver.sh', import.meta.url), 'utf8')
const none = readFileSync(new URL('./host/services/none.sh', import.meta.url), 'utf8')
const command = readFileSync(new URL('./host/services/command.sh', import.meta.url), 'utf8')
const systemd = readFileSync(new URL('./host/services/systemd.sh', import.meta.url), 'utf8')
const project = readFileSync(new URL('./host/services/compose-project.sh', import.meta.url), 'utf8')
const envFile = readFileSync(new URL('./host/services/compose-env-file.sh', import.meta.url), 'utf8')
const containers = readFileSync(new URL('./host/services/compose.sh', import.meta.url), 'utf8')
const pull = readFileSync(new URL('./host/services/compose-pull.sh', import.meta.url), 'utf8')
const composePreflight = readFileSync(new URL('./host/services/compose-preflight.sh', import.meta.url), 'utf8')
const check = readFileSync(new URL('./host/check.sh', import.meta.url), 'utf8')
const traffic = readFileSync(new URL('./host/traffic.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./host/slots.sh', import.meta.url), 'utf8')
const slotWords = readFileSync(new URL('./host/slot-words.sh', import.meta.url), 'utf8')
const fill = readFileSync(new URL('./host/fill.sh', import.meta.url), 'utf8')
const swap = readFileSync(new URL('./host/swap.sh', import.meta.url), 'utf8')
const delta = readFileSync(new URL('./host/delta.sh', import.meta.url), 'utf8')
const release = readFileSync(new URL('./host/release.sh', import.meta.url), 'utf8')
const preflight = readFileSync(new URL('./host/preflight.sh', import.meta.url), 'utf8')

const compose = [project, envFile, containers, pull, composePreflight]
const services = [driver, none, command, systemd, ...compose]

/** deploy-ssh's host script: the shared part, the drivers (one for each way to run a service) and its own part. */
export const script: HostScript = composeHostScript(
  'deploy-ssh',
  [...services, check, traffic, slots, slotWords, fill, swap, delta, release, preflight].join('\n'),
)
