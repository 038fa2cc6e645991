import { readFileSync } from 'node:fs'
import { type HostScript, withPart } from '@belay/remote'

const systemd = readFileSync(new URL('./drivers/systemd.sh', import.meta.url), 'utf8')
const command = readFileSync(new URL('./drivers/command.sh', import.meta.url), 'utf8')
const compose = readFileSync(new URL('./drivers/compose.sh', import.meta.url), 'utf8')
const part = readFileSync(new URL('./deploy.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./slots.sh', import.meta.url), 'utf8')

/** deploy-ssh's host script: the shared part, a driver for each way to run a service, and its own. */
export const script: HostScript = withPart('deploy-ssh', [systemd, command, compose, part, slots].join('\n'))
