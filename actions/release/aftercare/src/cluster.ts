import type { Conclusion } from './conclusion.ts'
import { observedText } from './render.ts'
import type { Serving } from './serving.ts'

/**
 * What is reported of a release to a cluster whose runner was lost. The cluster goes on with what was applied, so what the
 * URLs answer now is not final. Pure.
 */
export function conclusionInCluster(serving: Serving, version: string, namespace: string): Conclusion {
  const text = `Kubernetes goes on with what was applied to namespace ${namespace}, and restores nothing on its own. ${observedText(serving)}. The next release of the service there restores what ${version} changed, and then begins: release the previous version, or this one again.`
  return { result: serving.serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text }
}
