import { codeBlock, type MainOutcome, type Step } from '@belay/action-kit'
import { closeConnection, roleYaml } from '@belay/kubernetes'
import type { MigrateInputs } from '../inputs.ts'
import { preview } from '../inspect.ts'
import { inspect, lintNames } from './apply.ts'
import { statusJob } from './manifest.ts'
import { withCluster } from './open.ts'
import { neededRights, roleName } from './rights.ts'

/** `command: status`, `command: lint` and a dry-run with `via`: no lock; a short Job asks what is pending. */
export function inspectByJob<Undo>(inputs: MigrateInputs, step: Step<Undo>): Promise<MainOutcome> {
  return withCluster(inputs, step, async (context): Promise<MainOutcome> => {
    const { route, lease, manifest } = context
    const role = roleYaml(roleName, route.namespace, neededRights(lease))
    step.info(role)
    step.summary(`The role that a migration needs:\n\n${codeBlock(role, 'yaml')}`)
    const { statusCommand, deadline, command } = inputs
    const status =
      statusCommand.length > 0 ? statusJob(manifest, { release: 'none', deadline }, statusCommand) : undefined
    const pending = await inspect(context, step, status)
    if (command !== 'status') {
      const scripts = await lintNames(context, step, pending)
      if (command === 'apply') preview(step, scripts)
    }
    if (command === 'apply') step.info('Dry run: no migration was run.')
    return { result: 'unchanged' }
  }).finally(closeConnection)
}
