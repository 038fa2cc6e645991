import type { MainOutcome } from '@belay/action-kit'
import { openClient } from './api-client.ts'
import type { RenderStep } from './context.ts'
import type { Dependencies } from './dependencies.ts'
import type { RenderInputs } from './inputs.ts'
import { liveOf } from './plan.ts'
import { resolveServices } from './resolve.ts'

/** `command: look`: reports what is live at Render, so that it can be saved outside of this runner. Changes nothing. */
export async function inspect(
  inputs: RenderInputs,
  step: RenderStep,
  dependencies: Dependencies,
): Promise<MainOutcome> {
  const { clock, random } = dependencies
  const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 }
  const client = openClient(dependencies.transport(inputs.api), deadline)
  const named = (await resolveServices(client, inputs)).flat()
  const live = await Promise.all(
    named.map(async ({ service: { id, name, dashboardUrl } }) => {
      const deploy = liveOf(await client.deploys(id))
      step.info(
        `${name}: ${deploy ? `${deploy.id} (${deploy.commit?.id?.slice(0, 12) ?? 'an image'})` : 'nothing'} is live`,
      )
      return { id, name, url: dashboardUrl ?? '', deploy: deploy?.id ?? '', commit: deploy?.commit?.id ?? '' }
    }),
  )
  step.output('live', JSON.stringify(live))
  return { result: 'unchanged' }
}
