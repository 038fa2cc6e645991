import type { DeploymentPayload, LiveDeploy } from '@belay/github'
import type { Conclusion } from './conclusion.ts'
import type { Serving } from './serving.ts'

/**
 * What is reported of a release to Render whose runner was lost. Render finishes a deploy that was under way and never
 * rolls back on its own, so what the URLs answer now is not final. Pure.
 */
export function conclusionAtRender(serving: Serving, version: string): Conclusion {
  const { serves } = serving
  const text = `Render does not roll back on its own. ${observedText(serving)}. To undo ${version}, roll back each service listed below by hand.`
  return { result: serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text }
}

/** What the URLs showed, in words, where it is not final. */
export function observedText({ serves, detail }: Serving): string {
  return serves === 'unseen' ? 'No URLs are given to check' : `The URLs show: ${observedTexts[serves]} (${detail})`
}

const observedTexts: Readonly<Record<Exclude<Serving['serves'], 'unseen'>, string>> = {
  new: 'the new version serves',
  previous: 'the previous version serves, for now',
  mixed: 'instances serve different versions',
  other: 'neither the new nor the previous version serves',
  nobody: 'no instance answers as expected',
}

/** How to roll back one service by hand, for Slack: without a command, as it would hold a key. */
export function rollbackHint({ url, deploy, commit }: LiveDeploy): string {
  if (deploy === '') return `nothing was live before. Check ${url}`
  return `${deploy}${commit && ` (${commit.slice(0, 12)})`} was live before. If it is not live now, roll back to it: ${url}`
}

/** The same as commands, for the job summary; the last service first, in the order of an undo. */
export function rollbackCommands(render: NonNullable<DeploymentPayload['render']>): string {
  const known = render.before.filter(({ deploy }) => deploy !== '').toReversed()
  return known
    .map(
      ({ id, name, deploy }) =>
        `# ${name}\ncurl -fsS -X POST https://api.render.com/v1/services/${id}/rollback \\\n  -H "Authorization: Bearer $RENDER_API_KEY" -H 'Content-Type: application/json' \\\n  -d '{"deployId":"${deploy}"}'`,
    )
    .join('\n')
}
