/** The floating tags that a release moves, and their digests before. New tags are not among them. */
export interface TagsBefore {
  /** The repository's name: `ghcr.io/acme/shop`. */
  readonly image: string
  /** The digest that they are moved to. */
  readonly digest: string
  readonly tags: readonly { readonly tag: string; readonly digest: string }[]
}

/** The command that makes a tag name a digest again. */
export function retagCommand(image: string, tag: string, digest: string): string {
  return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`
}
