import { readFileSync } from 'node:fs'
import { type HostScript, withPart } from '@belay/remote'

const part = readFileSync(new URL('./deploy.sh', import.meta.url), 'utf8')
const slots = readFileSync(new URL('./slots.sh', import.meta.url), 'utf8')

/** deploy-ssh's host script: the shared part and its own. */
export const script: HostScript = withPart('deploy-ssh', `${part}\n${slots}`)
