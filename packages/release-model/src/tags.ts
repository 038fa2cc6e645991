/** The floating tags that a release moves, and what they named before. Tags that are new are not among them. */
export interface TagsBefore {
  /** The repository's name: `ghcr.io/acme/shop`. */
  readonly image: string
  /** What they are moved to. */
  readonly digest: string
  readonly tags: readonly { readonly tag: string; readonly digest: string }[]
}

/** The command that lets a tag name a digest again. */
export function retagCommand(image: string, tag: string, digest: string): string {
  return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`
}
