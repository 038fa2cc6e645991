/** A Service of a cluster, which the API server's proxy asks. */
export interface ServiceAddress {
  readonly namespace: string
  /** `NAME:PORT`, as the API server and its roles name it. */
  readonly name: string
  /** With the query. It may hold the marks of the version and the window. */
  readonly path: string
}

const form = /^service:\/\/([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9-]{0,62}:[a-z0-9][a-z0-9-]{0,14})(\/[^\s#]*)?$/

/** Whether an address means a Service, in the right form or not. */
export function isServiceAddress(text: string): boolean {
  return text.startsWith('service:')
}

/**
 * Reads `service://NAMESPACE/NAME:PORT/path`; undefined where the form is another, or the path leads to something else of
 * the API server. Pure.
 */
export function parseServiceAddress(text: string): ServiceAddress | undefined {
  const [, namespace, name, path = '/'] = form.exec(text) ?? []
  if (namespace === undefined || name === undefined) return undefined
  const root = proxiedUrl({ namespace, name, path: '/' })
  return new URL(proxiedUrl({ namespace, name, path })).href.startsWith(root) ? { namespace, name, path } : undefined
}

/** The address on the way through `kubectl proxy`, which takes no other host than this one. Pure. */
export function proxiedUrl({ namespace, name, path }: ServiceAddress): string {
  return `http://localhost/api/v1/namespaces/${namespace}/services/${name}/proxy${path}`
}
