import { readFileSync } from 'node:fs'
import { composeHostScript } from '@belay/host'
import { deployProtocol } from '@belay/host/protocol'
import { slotScript } from '@belay/host/slot-script'
import { remedies } from './refusals.ts'

const composePull = readFileSync(new URL('./host/compose-pull.sh', import.meta.url), 'utf8')
const composePreflight = readFileSync(new URL('./host/compose-preflight.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./host/slots.sh', import.meta.url), 'utf8')
const slotWords = readFileSync(new URL('./host/slot-words.sh', import.meta.url), 'utf8')
const fill = readFileSync(new URL('./host/fill.sh', import.meta.url), 'utf8')
const swap = readFileSync(new URL('./host/swap.sh', import.meta.url), 'utf8')
const delta = readFileSync(new URL('./host/delta.sh', import.meta.url), 'utf8')
const release = readFileSync(new URL('./host/release.sh', import.meta.url), 'utf8')
const preflight = readFileSync(new URL('./host/preflight.sh', import.meta.url), 'utf8')

/** deploy-ssh's host script: the shared part, what a slot is, and its own part. */
export const script = composeHostScript(
  'deploy-ssh',
  [...[slotScript, composePull, composePreflight], ...[slots, slotWords, fill, swap, delta, release, preflight]].join(
    '\n',
  ),
  { commands: deployProtocol.commands, remedies },
)
