import { readFileSync } from 'node:fs'
import { composeHostScript, switchProtocol } from '@belay/host'
import { remedies } from './refusals.ts'

const nginx = readFileSync(new URL('./drivers/nginx.sh', import.meta.url), 'utf8')
const haproxy = readFileSync(new URL('./drivers/haproxy.sh', import.meta.url), 'utf8')
const hostLock = readFileSync(new URL('./host-lock.sh', import.meta.url), 'utf8')
const part = readFileSync(new URL('./switch.sh', import.meta.url), 'utf8')

/** blue-green-switch's host script: the shared part, the drivers, the host's lock and its own part. */
export const script = composeHostScript('blue-green-switch', `${nginx}\n${haproxy}\n${hostLock}\n${part}`, {
  commands: switchProtocol.commands,
  remedies,
})
