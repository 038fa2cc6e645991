import type { DeploymentPayload } from '@belay/github'
import { type Conclusion, conclusionOf } from './conclusion.ts'
import { observedText } from './render.ts'
import type { Serving } from './serving.ts'

/** Whether the restoration has left nothing to do in the cluster. */
export function isSettled(restored: string): boolean {
  return restored === 'rolled-back' || restored === 'noop'
}

/**
 * What is reported of a release to a cluster whose runner was lost, by what a restoration came to. Without one the cluster
 * goes on with what was applied, so what the URLs answer now is not final. Pure.
 */
export function conclusionInCluster(
  serving: Serving,
  versions: { version: string; previous: string | undefined },
  namespace: string,
  restored: string,
): Conclusion {
  const { version } = versions
  if (restored === 'rolled-back') return afterRestoration(serving, versions, namespace)
  // Either it was committed, or it had changed nothing: what serves is final.
  if (restored === 'noop') return conclusionOf(serving, versions)
  if (restored === 'mixed' || restored === 'undo-started')
    return {
      result: 'mixed',
      state: 'error',
      text: `Namespace ${namespace} was not restored whole: the log of the job that restored names what is left. ${observedText(serving)}.`,
    }
  const text = `Kubernetes goes on with what was applied to namespace ${namespace}. ${observedText(serving)}. The next release of the service there restores what ${version} changed, and then begins: release the previous version, or this one again.`
  return { result: serving.serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text }
}

/** Nothing is better than what users get: a restoration that they do not see is `mixed`. */
function afterRestoration(
  serving: Serving,
  { version, previous }: { version: string; previous: string | undefined },
  namespace: string,
): Conclusion {
  const { serves, detail } = serving
  const restored = `namespace ${namespace} is as it was before ${version}`
  const isSeen = serves === 'unseen' || (previous === undefined ? serves === 'nobody' : serves === 'previous')
  if (!isSeen) return { result: 'mixed', state: 'error', text: `Restored: ${restored}. ${observedText(serving)}.` }
  const now = previous === undefined ? 'Nothing was released before' : `${previous} serves again`
  return { result: 'rolled-back', state: 'failure', text: `${now}: ${restored} (${detail})` }
}

type InCluster = NonNullable<DeploymentPayload['kubernetes']>

/** What was live before the lost release, for Slack: one line, whose images are cut. Empty where nothing is known. Pure. */
export function clusterHints({ namespace, lease, workloads = [] }: InCluster): { target: string; detail: string }[] {
  const [first, ...others] = workloads
  if (!first || lease === undefined) return []
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const images = Object.values(first.images).map((image) => image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, '$1…'))
  return [
    {
      target: `namespace ${namespace}`,
      detail: `${nameOf(first)} ran ${images.join(', ')} before${more}; what undoes the release lies in configmap/${lease}-undo`,
    },
  ]
}

/** Starts the workflow of this run by hand: its first work is to restore. Undefined where the run's workflow is not known. Pure. */
export function restoreCommand({
  GITHUB_WORKFLOW_REF: workflow,
  GITHUB_REF_NAME: ref,
}: NodeJS.ProcessEnv): string | undefined {
  const [, file] = /\/\.github\/workflows\/([\w.-]+)@/.exec(workflow ?? '') ?? []
  return file && `gh workflow run ${file}${ref ? ` --ref ${ref}` : ''} --field version=previous`
}

/** All of it, for the job summary: what ran, how a person restores it, and where what undoes the release lies. Pure. */
export function clusterState(
  { namespace, lease = '', workloads = [] }: InCluster,
  command: string | undefined,
): string {
  return [
    ...(command ? [`# restores what was committed before:\n${command}`] : []),
    ...workloads.map((one) => {
      const images = Object.entries(one.images).map(([container, image]) => `  ${container}: ${image}`)
      return [nameOf(one), ...images].join('\n')
    }),
    `# what undoes the release, as long as no later one has done so:\nkubectl get configmap ${lease}-undo -n ${namespace} -o yaml`,
  ].join('\n')
}

function nameOf({ kind, name, revision }: NonNullable<InCluster['workloads']>[number]): string {
  return `${kind.toLowerCase()}/${name}${revision && ` (revision ${revision})`}`
}
