import { join } from 'node:path'
import { builtProgram } from '../../../scripts/machine/build-from-source.ts'
import type { Cluster } from './cluster.ts'
import { kubeconfigPath } from './files.ts'

/** The command of kwok, which simulates nodes and the pods on them. */
export function commandOfFakeNodes(folder: string): string[] {
  return [
    ...[builtProgram('kwok'), `--kubeconfig=${kubeconfigPath(folder)}`],
    ...[`--config=${join(import.meta.dirname, 'fake-nodes.yml')}`, '--node-lease-duration-seconds=40'],
    ...['--manage-all-nodes=false', '--manage-nodes-with-label-selector=type=fake'],
    // Its own has 254 addresses, for all pods of all nodes.
    '--cidr=10.245.0.1/16',
  ]
}

/** Makes the nodes, and lets no further pod on the real one, so that manifests need not choose. */
export async function addFakeNodes(cluster: Cluster, count: number): Promise<void> {
  const patch = { contentType: 'application/merge-patch+json', body: { spec: { unschedulable: true } } }
  await cluster.mustAsk('PATCH', `/api/v1/nodes/${cluster.node}`, patch)
  for (let number = 1; number <= count; number++) {
    const name = `fake-${number}`
    // By the name of its host the scheduler spreads pods.
    const labels = { type: 'fake', 'kubernetes.io/hostname': name }
    await cluster.mustAsk('POST', '/api/v1/nodes', { body: { metadata: { name, labels } } })
  }
}

/** How many of them are ready. */
export async function countReadyFakes(cluster: Cluster): Promise<number> {
  const { json } = await cluster.mustAsk('GET', '/api/v1/nodes?labelSelector=type=fake')
  // biome-ignore lint/suspicious/noExplicitAny: Nodes as the API server gives them
  return json.items.filter((node: any) => isReady(node)).length
}

// biome-ignore lint/suspicious/noExplicitAny: a Node as the API server gives it
export function isReady(node: any): boolean {
  const conditions: { type: string; status: string }[] = node?.status?.conditions ?? []
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}
