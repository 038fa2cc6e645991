/** A database as its URL names it. The address is the one used where the connection starts: on the runner or on the host. */
export interface DatabaseUrl {
  /** A name or an address, IPv6 without brackets; empty if `socketFolder` is given. */
  readonly host: string
  readonly port: number
  /** The folder of a Unix socket, given as `?host=/run/postgresql`. */
  readonly socketFolder: string | undefined
  readonly user: string
  readonly password: string
  readonly database: string
  /** All parameters except those for address, user and database. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Parameters for what another part of the URL may name as well. */
const identity = ['host', 'port', 'user', 'password', 'dbname']

/**
 * Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETERS`. Passwords should be percent-encoded; one that is not is
 * taken literally if only one reading is possible. Returns the reason if the text is not valid.
 */
export function parseDatabaseUrl(text: string): DatabaseUrl | string {
  const match =
    /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?(\[[^\]]+\]|[^:/?@#]*)(?::(\d+))?(?:\/([^?@]*))?(?:\?([^@]*))?$/.exec(text) ??
    // A raw `@`, `/`, `?` or `#` can only belong to the password: the host follows the last `@`.
    /^postgres(?:ql)?:\/\/(?:(.*)@)?(\[[^\]]+\]|[^:/?@#]*)(?::(\d+))?(?:\/([^?@]*))?(?:\?([^@]*))?$/s.exec(text)
  if (!match) return 'is not a PostgreSQL URL'
  const [, login = '', hostText = '', portText, path = '', query = ''] = match
  const colon = login.indexOf(':')
  const parameters = new Map(new URLSearchParams(query.replaceAll('+', '%2B')))
  const given = (name: string) => parameters.get(name) ?? ''
  const host = decode(hostText.replace(/^\[|\]$/g, '')) || given('host')
  const port = Number(portText ?? (given('port') || 5432))
  const found = {
    host: host.startsWith('/') ? '' : host,
    port,
    socketFolder: host.startsWith('/') ? host.replace(/\/+$/, '') : undefined,
    user: decode(colon < 0 ? login : login.slice(0, colon)) || given('user'),
    password: (colon < 0 ? '' : decode(login.slice(colon + 1))) || given('password'),
    database: decode(path) || given('dbname'),
    parameters: new Map([...parameters].filter(([name]) => !identity.includes(name))),
  }
  if (host === '' || host.startsWith('-')) return 'names no host'
  if (found.user === '') return 'names no user'
  if (found.database === '') return 'names no database'
  if (port < 1 || port > 65535) return `has port ${port}`
  if (/\0|\n|\r/.test(`${host}${found.user}${found.password}${found.database}`)) return 'contains a line break'
  return found
}

/** A percent sign that encodes nothing is taken literally. */
function decode(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

/** Every form that the password may have in a log: literal, encoded, quoted. */
export function secretForms(url: DatabaseUrl): string[] {
  const { password } = url
  if (password === '') return []
  const encoded = encodeURIComponent(password)
  // Go and the WHATWG encode other characters than encodeURIComponent does.
  const strict = encoded.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  const browser = new URL(`x://u:${password.replace(/[/?#@]/g, encodeURIComponent)}@h`).password
  const quoted = JSON.stringify(password).slice(1, -1)
  return [...new Set([password, encoded, strict, browser, quoted, password.replaceAll("'", "''")])]
}

/** Where a connection goes: to the database itself, or to a forwarded port of this machine. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** How TLS is used, after Belay's own connection has found what the server supports. */
export type Tls = 'disable' | 'require' | 'verify-ca' | 'verify-full'

/** The URL with the address of `endpoint`. It holds the password, so it goes only into environments. */
export function urlText(url: DatabaseUrl, endpoint: Endpoint, more: Record<string, string> = {}): string {
  const parameters = new URLSearchParams([...url.parameters])
  for (const [name, value] of Object.entries(more)) parameters.set(name, value)
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  const login = `${encode(url.user)}${url.password ? `:${encode(url.password)}` : ''}`
  // The folder of a socket is a parameter.
  if (endpoint.host.startsWith('/')) parameters.set('host', endpoint.host)
  const host = endpoint.host.startsWith('/') ? '' : endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host
  // Only HTML forms write `+` for a space; libpq reads it as a plus.
  const query = parameters.toString().replaceAll('+', '%20')
  return `postgres://${login}@${host}:${endpoint.port}/${encode(url.database)}${query ? `?${query}` : ''}`
}
