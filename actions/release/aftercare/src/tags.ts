import { retagCommand, type TagsBefore, worstResult } from '@belay/release-model'
import type { Conclusion } from './conclusion.ts'

/**
 * Adds the warning about tags to a release that did not stay: the registry does not restore tags, and aftercare has no
 * login to inspect them. So the result is `unknown` at best. Pure.
 */
export function withTagWarning({ result, text }: Conclusion, { image }: TagsBefore): Conclusion {
  const conclusion = worstResult([result, 'unknown']) as Conclusion['result']
  return { result: conclusion, state: 'error', text: `${text} Whether tags of ${image} were moved is unknown.` }
}

/** How to restore each tag by hand, for Slack. */
export function tagHints({ image, digest, tags }: TagsBefore): { target: string; detail: string }[] {
  // Slack's lines are cut at a limit, and half a command is worse than none.
  const short = digest.slice(0, 'sha256:'.length + 12)
  return tags.map(({ tag, digest: before }) => ({
    target: `${image}:${tag}`,
    detail: `if it names ${short}… now, restore it: ${retagCommand(image, tag, before)}`,
  }))
}

/** The same for the job summary. */
export function tagCommands({ image, digest, tags }: TagsBefore): string {
  return [
    `# only where the tag names ${digest} now: docker buildx imagetools inspect ${image}:TAG`,
    ...tags.map(({ tag, digest: before }) => retagCommand(image, tag, before)),
  ].join('\n')
}
