/** The login that a registry requests in `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly realm: string
  readonly service: string
}

/** Reads `Bearer realm="https://…",service="…",scope="…"`. Undefined for a scheme that is not supported. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*(basic|bearer)\s+(.*)$/is.exec(header ?? '') ?? []
  if (scheme === '') return undefined
  const found = rest.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/gi)
  const fields = Object.fromEntries(
    [...found].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare]),
  )
  return {
    scheme: scheme.toLowerCase() as Challenge['scheme'],
    realm: fields.realm ?? '',
    service: fields.service ?? '',
  }
}
