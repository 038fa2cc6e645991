import { type Action, fromEnvironment, type Keeper, monotonicSeconds } from '@belay/action-kit'
import { hostKeeper } from '@belay/remote'
import { deploy } from './deploy.ts'
import { type RenderInputs, readRenderInputs } from './inputs.ts'
import type { Saved } from './saved.ts'
import { undoDeploys } from './undo.ts'
import type { RenderStep } from './work.ts'
import { realWorld } from './world.ts'

export const deployRender: Action<RenderInputs, Saved> = {
  name: 'deploy-render',
  inputs: readRenderInputs,
  main: (inputs, step) => deploy(inputs, step, realWorld),
  transaction: {
    mutates: ({ dryRun }) => !dryRun,
    startsAfterFailure: () => false,
    service: ({ release }) => release.service,
    undo(saved, step, until) {
      const { clock } = realWorld
      const left = (until - monotonicSeconds()) * 1000
      const voice = { save: () => step.save(saved), warn: (text: string) => step.warn(text) }
      return undoDeploys(saved, fromEnvironment('api-key').trim(), realWorld, clock.now() + left, voice)
    },
    keeper,
    close: async () => {},
  },
}

/** What earlier steps armed on hosts is asked over the connections that they left open: this step has no key to them. */
function keeper(step: RenderStep): Keeper {
  return hostKeeper(() => ({ key: '', passphrase: '' }), step.journal.recordPath)
}
