import { Failure } from '@belay/action-kit'
import type { KeptRelease } from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'
import { locate } from '../desired.ts'
import { assertReleaseRights } from '../needed-rights.ts'
import { type ChartPlan, planChart } from './plan.ts'
import { renderedRevision } from './render.ts'
import { rightsOfChart } from './rights.ts'

/** What `helm rollback` to a kept release would do. Changes nothing. @throws Failure `no-such-release`, `source`, `forbidden` */
export function planRevision(
  context: DeployContext,
  { name, revision }: NonNullable<KeptRelease['chart']>,
): Promise<ChartPlan> {
  const { client, inputs, signal } = context
  const { namespace, slots } = inputs
  if (slots)
    throw new Failure(
      'source',
      'That release was of a chart, which knows no slots. Nothing was changed.',
      'leave slots out, or choose another release.',
    )
  return planChart(context, name, 'rollback', async (helm) => {
    await assertReleaseRights(client, namespace, rightsOfChart([], []))
    const rendered = await renderedRevision(helm, { name, namespace }, revision, signal)
    if (!rendered)
      throw new Failure(
        'no-such-release',
        `Helm keeps the revision ${revision} of ${name} no more. Nothing was changed.`,
        'release that version again.',
      )
    const [resources, hooks] = await Promise.all(
      [rendered.objects, rendered.hooks].map(async (objects) =>
        (await locate(client, objects, namespace)).map(({ resource }) => resource),
      ),
    )
    await assertReleaseRights(client, namespace, rightsOfChart(resources ?? [], hooks ?? []))
    return { rendered, args: ['rollback', name, String(revision), '--server-side=auto'] }
  })
}
