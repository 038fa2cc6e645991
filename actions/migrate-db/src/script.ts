import { readFileSync } from 'node:fs'
import { hostScript } from '@belay/host'

const part = readFileSync(new URL('./host/backup.sh', import.meta.url), 'utf8')

/** The host script of migrate-db: the shared part and its own. */
export const script = `${hostScript}\n${part}`
