import { readFileSync } from 'node:fs'

const driver = readFileSync(new URL('./host/driver.sh', import.meta.url), 'utf8')
const none = readFileSync(new URL('./host/services/none.sh', import.meta.url), 'utf8')
const command = readFileSync(new URL('./host/services/command.sh', import.meta.url), 'utf8')
const systemd = readFileSync(new URL('./host/services/systemd.sh', import.meta.url), 'utf8')
const composeProject = readFileSync(new URL('./host/services/compose-project.sh', import.meta.url), 'utf8')
const composeEnvFile = readFileSync(new URL('./host/services/compose-env-file.sh', import.meta.url), 'utf8')
const compose = readFileSync(new URL('./host/services/compose.sh', import.meta.url), 'utf8')
const check = readFileSync(new URL('./host/check.sh', import.meta.url), 'utf8')
const place = readFileSync(new URL('./host/place.sh', import.meta.url), 'utf8')
const nginx = readFileSync(new URL('./host/proxies/nginx.sh', import.meta.url), 'utf8')
const haproxy = readFileSync(new URL('./host/proxies/haproxy.sh', import.meta.url), 'utf8')
const traffic = readFileSync(new URL('./host/traffic.sh', import.meta.url), 'utf8')
const slot = readFileSync(new URL('./host/slot.sh', import.meta.url), 'utf8')

const services = [driver, none, command, systemd, composeProject, composeEnvFile, compose]

/**
 * What a slot is, for the actions that fill slots or move traffic between them: the drivers (one for each way to run a
 * service), the check, and what a proxy really does. It comes after the shared part.
 */
export const slotScript = [...services, check, place, nginx, haproxy, traffic, slot].join('\n')
