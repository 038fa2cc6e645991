import { readFileSync } from 'node:fs'
import { type HostScript, withPart } from '@belay/remote'

const nginx = readFileSync(new URL('./drivers/nginx.sh', import.meta.url), 'utf8')
const haproxy = readFileSync(new URL('./drivers/haproxy.sh', import.meta.url), 'utf8')
const part = readFileSync(new URL('./switch.sh', import.meta.url), 'utf8')

/** blue-green-switch's host script: the shared part, the drivers, and its own. */
export const script: HostScript = withPart('blue-green-switch', `${nginx}\n${haproxy}\n${part}`)
