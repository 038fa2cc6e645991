import type { Remedies } from '@belay/host'

/** What migrate-db's part of the host script refuses with, beyond the shared codes, each code with its remedy. */
export const remedies = {
  'pg-dump-missing': 'install that PostgreSQL client on the host, or give `backup: command:…`.',
  'backup-failed': 'check that this login may read all tables; or give `backup: none` or `command:…`.',
} as const satisfies Remedies
