import { type Action, type Confirmer, fromEnvironment, type MainOutcome, monotonicSeconds } from '@belay/action-kit'
import { hostConfirmer } from '@belay/host'
import { deploy } from './deploy.ts'
import { type RenderInputs, readRenderInputs } from './inputs.ts'
import { lookOnly } from './live.ts'
import { rollback } from './rollback.ts'
import type { Saved } from './saved.ts'
import { undoDeploys } from './undo.ts'
import type { RenderStep } from './work.ts'
import { realWorld, type World } from './world.ts'

type Command = (inputs: RenderInputs, step: RenderStep, world: World) => Promise<MainOutcome>

const commands: Record<RenderInputs['command'], Command> = { deploy, rollback, look: lookOnly }

export const deployRender: Action<RenderInputs, Saved> = {
  name: 'deploy-render',
  inputs: readRenderInputs,
  variables: {
    'api-key': 'render-api-key',
    'api-url': 'render-api-url',
    checks: 'render-checks',
    env: 'render-env',
  },
  main: (inputs, step) => commands[inputs.command](inputs, step, realWorld),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'look',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo(saved, step, until) {
      const { clock } = realWorld
      const left = (until - monotonicSeconds()) * 1000
      const voice = { save: () => step.save(saved), warn: (text: string) => step.warn(text) }
      return undoDeploys(saved, fromEnvironment('api-key').trim(), realWorld, clock.now() + left, voice)
    },
    confirmer: keeper,
    close: async () => {},
  },
}

/** What earlier steps armed on hosts is asked over the connections that they left open: this step has no key to them. */
function keeper(step: RenderStep): Confirmer {
  return hostConfirmer(() => ({ key: '', passphrase: '' }), step.journal.recordPath)
}
