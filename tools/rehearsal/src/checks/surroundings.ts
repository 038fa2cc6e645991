import type { ExpectedTags } from '../expect/expectation.ts'
import type { Surroundings } from '../observe/observation.ts'

/** What runs beside the services and is another process or container now. Pure. */
export function neighbourProblems(before: Surroundings, now: Surroundings): string[] {
  return Object.entries(before.neighbours ?? {})
    .filter(([name, old]) => now.neighbours?.[name] !== old)
    .map(([name, old]) => `${name} must be ${old ?? 'none'} as before, but is ${now.neighbours?.[name] ?? 'none'}`)
}

/** Floating tags that name something else than promised. `digest`: of the image that must serve. Pure. */
export function tagProblems(
  { tags: before = {} }: Surroundings,
  { tags: now = {} }: Surroundings,
  { are }: ExpectedTags,
  digest: string | undefined,
): string[] {
  if (are === 'unknown') return []
  return (
    Object.entries(before)
      .map(([tag, old]) => ({ tag, is: now[tag], wanted: are === 'moved' ? digest : old }))
      // A tag that did not exist before stays: no registry can delete only a tag.
      .filter(({ is, wanted }) => is !== wanted && !(are === 'as before' && wanted === undefined))
      .map(({ tag, is, wanted }) => `the tag ${tag} must name ${wanted ?? 'nothing'}, but names ${is ?? 'nothing'}`)
  )
}

/** The tags that existed before and whose restoring command is not in a message. Pure. */
export function unnamedTags(
  { tags: before = {} }: Surroundings,
  { named }: ExpectedTags,
  image: string,
  message: string,
): string[] {
  if (!named) return []
  return Object.entries(before)
    .filter(([tag, digest]) => digest && !message.includes(`create --tag ${image}:${tag} ${image}@${digest}`))
    .map(([tag]) => `Slack's message must have the command that restores the tag ${tag}, but does not`)
}
