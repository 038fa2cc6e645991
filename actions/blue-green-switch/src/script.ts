import { readFileSync } from 'node:fs'
import { composeHostScript } from '@belay/host'
import { switchProtocol } from '@belay/host/protocol'
import { slotScript } from '@belay/host/slot-script'
import { remedies } from './refusals.ts'

const nginxMove = readFileSync(new URL('./host/proxies/nginx-move.sh', import.meta.url), 'utf8')
const nginxPreflight = readFileSync(new URL('./host/proxies/nginx-preflight.sh', import.meta.url), 'utf8')
const haproxyMove = readFileSync(new URL('./host/proxies/haproxy-move.sh', import.meta.url), 'utf8')
const haproxyPreflight = readFileSync(new URL('./host/proxies/haproxy-preflight.sh', import.meta.url), 'utf8')
const hostLock = readFileSync(new URL('./host/host-lock.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./host/slots.sh', import.meta.url), 'utf8')
const pairs = readFileSync(new URL('./host/pairs.sh', import.meta.url), 'utf8')
const retain = readFileSync(new URL('./host/retain.sh', import.meta.url), 'utf8')
const change = readFileSync(new URL('./host/change.sh', import.meta.url), 'utf8')
const claim = readFileSync(new URL('./host/claim.sh', import.meta.url), 'utf8')
const move = readFileSync(new URL('./host/move.sh', import.meta.url), 'utf8')
const undo = readFileSync(new URL('./host/undo.sh', import.meta.url), 'utf8')
const prove = readFileSync(new URL('./host/prove.sh', import.meta.url), 'utf8')
const inspect = readFileSync(new URL('./host/switch-inspect.sh', import.meta.url), 'utf8')

const proxies = [nginxMove, nginxPreflight, haproxyMove, haproxyPreflight]

/** blue-green-switch's host script: the shared part, what a slot is, the proxies, the host's lock and its own part. */
export const script = composeHostScript(
  'blue-green-switch',
  [slotScript, ...proxies, hostLock, change, slots, pairs, retain, move, undo, claim, prove, inspect].join('\n'),
  { commands: switchProtocol.commands, remedies },
)
