import type { LiveDeploy, Payload } from '@belay/github'
import type { Conclusion } from './conclusion.ts'
import type { Serving } from './serving.ts'

/**
 * What is told of a release to Render whose runner was lost. A deploy that was under way goes on by itself, and nothing
 * goes back by itself: what the URLs say now is never the end of it. Pure.
 */
export function conclusionAtRender({ serves, detail }: Serving, version: string): Conclusion {
  const seen =
    serves === 'unseen' ? 'No URLs are given to look at' : `Seen from outside: ${observedTexts[serves]} (${detail})`
  const text = `Render does not go back by itself. ${seen}. To take ${version} back, roll back by hand what stands below.`
  return { result: serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text }
}

const observedTexts: Readonly<Record<Exclude<Serving['serves'], 'unseen'>, string>> = {
  new: 'the new version serves there',
  previous: 'the version before serves there, for now',
  mixed: 'not all serve the same',
  other: 'neither the new version nor the one before serves there',
  nobody: 'nothing answers there as it should',
}

/** How somebody puts one service back, for Slack: without a command that would hold a key. */
export function rollbackHint({ url, deploy, commit }: LiveDeploy): string {
  if (deploy === '') return `nothing was live before. Look at ${url}`
  return `${deploy}${commit && ` (${commit.slice(0, 12)})`} was live before; if it is not now, roll back to it: ${url}`
}

/** The same as commands, for the job summary; the last service first, as an undo would go. */
export function rollbackCommands(render: NonNullable<Payload['render']>): string {
  const known = render.before.filter(({ deploy }) => deploy !== '').toReversed()
  return known
    .map(
      ({ id, name, deploy }) =>
        `# ${name}\ncurl -fsS -X POST https://api.render.com/v1/services/${id}/rollback \\\n  -H "Authorization: Bearer $RENDER_API_KEY" -H 'Content-Type: application/json' \\\n  -d '{"deployId":"${deploy}"}'`,
    )
    .join('\n')
}
