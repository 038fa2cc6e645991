import { startPostgres } from '@belay/test-hosts'
import type { Query } from './observe/database.ts'

/** A database in a PostgreSQL of this machine, with a login. */
export interface LabDatabase {
  readonly address: string
  readonly port: number
  /** Its URL with the login. `host`: by which a host reaches it; default: its own address. */
  url(host?: string): string
  readonly query: Query
  stop(): Promise<void>
}

export async function openDatabase(name: string, login: { user: string; password: string }): Promise<LabDatabase> {
  const postgres = await startPostgres()
  try {
    await postgres.createDatabase(name)
    await postgres.createUser(login.user, login.password)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return {
    address: postgres.address,
    port: postgres.port,
    url: (host) => postgres.url(name, { ...login, ...(host && { host }) }),
    async query(sql) {
      const rows = await postgres.query<Record<string, unknown>>(name, sql)
      return rows.map((row) => String(Object.values(row)[0] ?? '')).filter(Boolean)
    },
    stop: () => postgres.stop(),
  }
}
