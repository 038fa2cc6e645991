import { childEnvironment } from '@belay/action-kit'
import { applicationName, type DatabaseAccess } from './database.ts'
import type { MigrateInputs } from './inputs.ts'
import { type Tls, urlText } from './url.ts'

/** Settings of every session that changes the schema, in milliseconds. */
export function sessionSettings(inputs: MigrateInputs): Record<string, string> {
  return {
    lock_timeout: String(inputs.sessionLockTimeout * 1000),
    statement_timeout: String(inputs.statementTimeout * 1000),
  }
}

/**
 * The environment of a tool: address and password of the database, in the forms that tools read. Nothing of it is ever an
 * argument. Settings are in PGOPTIONS, which libpq, lib/pq and node's pg all read.
 */
export function toolEnvironment(inputs: MigrateInputs, { url, endpoint }: DatabaseAccess, tls: Tls): NodeJS.ProcessEnv {
  const parameters = new Map([...url.parameters].filter(([name]) => !['options', 'application_name'].includes(name)))
  const settings = Object.entries(sessionSettings(inputs)).map(([name, value]) => `-c ${name}=${value}`)
  const root = url.parameters.get('sslrootcert')
  return {
    ...childEnvironment(),
    // The mode that Belay's own connection found: without one lib/pq requires TLS, node's pg does not.
    DATABASE_URL: urlText({ ...url, parameters }, endpoint, { sslmode: tls }),
    PGHOST: endpoint.host,
    PGPORT: String(endpoint.port),
    PGUSER: url.user,
    PGPASSWORD: url.password,
    PGDATABASE: url.database,
    PGSSLMODE: tls,
    ...(root && { PGSSLROOTCERT: root }),
    PGAPPNAME: applicationName('belay-tool'),
    PGOPTIONS: [url.parameters.get('options') ?? '', ...settings].join(' ').trim(),
  }
}
