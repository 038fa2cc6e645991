import { readFileSync } from 'node:fs'

/** The part of every host script that all actions share. */
export const hostScript = readFileSync(new URL('./host.sh', import.meta.url), 'utf8')
