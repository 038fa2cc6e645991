import { type Action, type Confirmer, fromEnvironment, type MainOutcome, monotonicSeconds } from '@belay/action-kit'
import { hostConfirmer } from '@belay/host'
import type { RenderStep } from './context.ts'
import { type Dependencies, defaultDependencies } from './dependencies.ts'
import { deploy } from './deploy.ts'
import { type RenderInputs, readRenderInputs } from './inputs.ts'
import { inspect } from './inspect.ts'
import { rollback } from './rollback.ts'
import type { SavedDeploys } from './saved.ts'
import { undoDeploys } from './undo.ts'

type Command = (inputs: RenderInputs, step: RenderStep, dependencies: Dependencies) => Promise<MainOutcome>

const commands: Record<RenderInputs['command'], Command> = { deploy, rollback, look: inspect }

export const deployRender: Action<RenderInputs, SavedDeploys> = {
  name: 'deploy-render',
  inputs: readRenderInputs,
  variables: {
    'api-key': 'render-api-key',
    'api-url': 'render-api-url',
    checks: 'render-checks',
    env: 'render-env',
  },
  main: (inputs, step) => commands[inputs.command](inputs, step, defaultDependencies),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'look',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo(saved, step, until) {
      const { clock } = defaultDependencies
      const left = (until - monotonicSeconds()) * 1000
      const reporter = { save: () => step.save(saved), warn: (text: string) => step.warn(text) }
      return undoDeploys(saved, fromEnvironment('api-key').trim(), defaultDependencies, clock.now() + left, reporter)
    },
    confirmer,
    close: async () => {},
  },
}

/** Confirms hosts that earlier steps armed, over the connections that they left open: this step has no key to them. */
function confirmer(step: RenderStep): Confirmer {
  return hostConfirmer(() => ({ key: '', passphrase: '' }), step.journal.recordPath)
}
