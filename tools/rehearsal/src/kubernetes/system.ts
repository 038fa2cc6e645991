import { askSha } from '../inspect.ts'
import { changedObjects, inspectNamespace, readObjects } from '../observe/namespace.ts'
import { unsaidWords } from '../slack-text.ts'
import type { System } from '../system.ts'
import { type Environment, type Lab, shop } from './lab.ts'

/** Nothing in a cluster waits for a confirm; old pods need their time to end. */
export const times = { confirm: 0, beyond: 0, settle: 60 } as const

/** Requests a second that users make. */
const rate = 100

type Objects = Awaited<ReturnType<typeof readObjects>>

/** The Deployment whose pods users get: with slots the one in the slot to which the Service leads. */
function liveDeployment(objects: Objects): string {
  const slot = objects[`service/${shop.name}`]?.spec.selector.slot
  return `deployment/${shop.name}${slot ? `-${slot}` : ''}`
}

export function shopSystem(lab: Lab, environment: Environment): System {
  const { cluster, images, slack, github } = lab
  const service = shop.name
  const namespace = `shop-${environment}`
  const url = lab.urlOf(environment, '/orders')
  const ask = () => askSha(url)
  return {
    ...{ slack, github, times },
    hosts: [],
    // Its variables shorten a confirm timeout, which there is none of.
    release: ({ back, version }, { vars: _, ...more }) => lab.release(environment, back ? 'previous' : version, more),
    places: async () => [await inspectNamespace(cluster, { service, namespace, images }, ask)],
    targets: () => [{ service, place: '', ask }],
    // Through the port of the node, each request on a connection of its own.
    users: ({ before }) => {
      const options = { url, rate, connections: 'fresh', versionOf: 'header:x-version' } as const
      return before[service] ? [{ service, where: service, options }] : []
    },
    watch({ before, back }) {
      const reading = readObjects(cluster, namespace)
      const messages = slack.messages().length
      return async ({ jobs, runId }, { units: [unit] }) => {
        const [objects, now] = [await reading, await readObjects(cluster, namespace)]
        const live = liveDeployment(now)
        const isCanary = (name: string) => name.includes(`${service}-canary`)
        // The next release removes first what fills a slot without traffic.
        const fillsSlot = (name: string) => !objects[name] || (name.startsWith('deployment/') && name !== live)
        const mayDiffer = (name: string) => (unit?.share && isCanary(name)) || (unit?.staysOpen && fillsSlot(name))
        const changed = changedObjects(objects, now, mayDiffer)
        if (unit?.version === before[service]) return changed
        // Aftercare says what becomes of it, and changes nothing.
        const words = jobs.aftercare && jobs.release?.conclusion === 'lost' ? ['was lost', namespace] : []
        const { 'acme.example.com/release': release } = now[live]?.spec.template.metadata.annotations ?? {}
        const left = liveDeployment(objects)
        return [
          ...unsaidWords(slack, messages, words),
          // The slot that was left is there to go back to.
          ...(left === live ? [] : changedObjects(objects, now, (name) => name !== left)),
          ...(back || release === `${runId}-1`
            ? []
            : [`the pods' annotation must name run ${runId}-1, not ${release}`]),
        ]
      }
    },
  }
}
