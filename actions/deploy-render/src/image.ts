/** Host, repository and name, without tag and digest; Docker Hub by its full name. Pure. */
export function repositoryOf(image: string): string {
  const name = withoutVersion(image)
  const [first = '', ...rest] = name.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  if (hasHost) return name
  return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`
}

/** The image with its repository spelled as in `path`: Render accepts only the spelling that the service has. */
export function spelledAs(path: string, image: string): string {
  return `${withoutVersion(path)}${versionOf(image)}`
}

/** Whether two names, with their tags and digests, name the same image. */
export function sameImage(one: string, other: string): boolean {
  return repositoryOf(one) === repositoryOf(other) && versionOf(one) === versionOf(other)
}

/** The digest that a name holds, if it holds one. */
export function digestIn(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
}

function withoutVersion(image: string): string {
  return plain(image)
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
}

/** `:tag`, `@digest`, or both. */
function versionOf(image: string): string {
  return plain(image).slice(withoutVersion(image).length)
}

function plain(image: string): string {
  return image.replace(/^https?:\/\//, '')
}
