/** The domain of the annotations that Belay writes. */
const domain = 'belay-actions.github.io'

export function annotation(name: string): string {
  return `${domain}/${name}`
}

/** On an object that a release created: the release's id. */
export const createdBy = annotation('release')
