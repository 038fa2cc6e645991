import { readFileSync } from 'node:fs'
import { composeHostScript } from '@belay/host'
import { migrateProtocol } from '@belay/host/protocol'
import { remedies } from './refusals.ts'

const part = readFileSync(new URL('./host/backup.sh', import.meta.url), 'utf8')

/** The host script of migrate-db: the shared part and its own. */
export const script = composeHostScript('migrate-db', part, { commands: migrateProtocol.commands, remedies })
