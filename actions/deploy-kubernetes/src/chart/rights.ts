import { type Resource, type Right, rights } from '@belay/kubernetes'
import { rightsOfKinds } from '../needed-rights.ts'

/** What Helm needs for a chart of these kinds: it keeps its releases in Secrets, and so reads every one of the namespace. Pure. */
export function rightsOfChart(resources: readonly Resource[], hooks: readonly Resource[]): Right[] {
  return [
    ...rights('', 'secrets', 'get list create update delete'),
    ...rightsOfKinds(resources),
    // Helm waits for them by a watch.
    ...hooks.flatMap(({ group, plural }) => rights(group, plural, 'get list watch create patch delete')),
  ]
}
