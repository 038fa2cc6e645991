import { retagCommand, type TagsBefore, worstResult } from '@belay/release-model'
import type { Conclusion } from './conclusion.ts'

/**
 * What is told besides of a release that did not stay: tags do not go back by themselves, and aftercare has no login to
 * look at them. So it ends `unknown` at best. Pure.
 */
export function withTagWarning({ result, text }: Conclusion, { image }: TagsBefore): Conclusion {
  const conclusion = worstResult([result, 'unknown']) as Conclusion['result']
  return { result: conclusion, state: 'error', text: `${text} Nobody knows whether tags of ${image} were moved.` }
}

/** How somebody puts each tag back, for Slack. */
export function tagHints({ image, digest, tags }: TagsBefore): { target: string; detail: string }[] {
  // Slack's lines have an end, and a command that is cut in its middle is worse than none.
  const short = digest.slice(0, 'sha256:'.length + 12)
  return tags.map(({ tag, digest: before }) => ({
    target: `${image}:${tag}`,
    detail: `if it names ${short}… now, put it back: ${retagCommand(image, tag, before)}`,
  }))
}

/** The same for the job summary. */
export function tagCommands({ image, digest, tags }: TagsBefore): string {
  return [
    `# only where the tag names ${digest} now: docker buildx imagetools inspect ${image}:TAG`,
    ...tags.map(({ tag, digest: before }) => retagCommand(image, tag, before)),
  ].join('\n')
}
