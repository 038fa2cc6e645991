/** A repository of images, by its name and by the address of its registry. */
export interface Image {
  /** The part before `:tag` or `@digest`, in lower case: `ghcr.io/acme/api`. */
  readonly name: string
  /** The registry's host, as in logins: `ghcr.io`, `127.0.0.1:5000`, `docker.io`. */
  readonly registry: string
  /** The path below the registry's API: `acme/api`, `library/nginx`. */
  readonly repository: string
  /** The URL of the API: `https://ghcr.io`. Plain HTTP only on this machine, as in Docker. */
  readonly origin: string
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

/** Reads the name of an image without tag and digest. `wrong` says why a name is not valid. */
export function parseImage(text: string): Image | { wrong: string } {
  const name = text.toLowerCase()
  if (name.includes('://')) return { wrong: 'is a URL' }
  if (name.includes('@')) return { wrong: 'has a digest' }
  const [first = '', ...others] = name.split('/')
  const named = others.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  // An old address of Docker Hub, which Docker treats as the same.
  const registry = named && first !== 'index.docker.io' ? first : 'docker.io'
  const path = named ? others : [first, ...others]
  if (path.at(-1)?.includes(':')) return { wrong: 'has a tag' }
  if (!/^[a-z0-9.-]+(?::\d{1,5})?$/.test(registry)) return { wrong: `names the registry "${registry}"` }
  const bad = path.find((part) => !component.test(part))
  if (bad !== undefined) return { wrong: `has the part "${bad}"` }
  const hub = registry === 'docker.io'
  return {
    name,
    registry,
    repository: hub && path.length === 1 ? `library/${path[0]}` : path.join('/'),
    origin: hub ? 'https://registry-1.docker.io' : `${isLoopback(registry) ? 'http' : 'https'}://${registry}`,
  }
}

/** Whether registries accept this text as a tag. */
export function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text)
}

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}

function isLoopback(registry: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(registry)
}
