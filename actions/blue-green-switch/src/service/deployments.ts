import {
  type Client,
  collection,
  type KubeList,
  type KubeObject,
  type Labels,
  leadsTo,
  podLabels,
  slotOfPods,
} from '@belay/kubernetes'

/** The Deployments in one of these slots to whose pods one of these selectors leads. */
export async function deploymentsIn(
  client: Client,
  namespace: string,
  slots: readonly string[],
  selectors: readonly Labels[],
): Promise<KubeObject[]> {
  const { items } = await client.get<KubeList>(collection('apps/v1', 'deployments', namespace))
  return items.filter(
    (one) => slots.includes(slotOfPods(one) ?? '') && selectors.some((selector) => leadsTo(selector, podLabels(one))),
  )
}
