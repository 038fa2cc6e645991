import { type Action, type MainOutcome, monotonicSeconds } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { closeConnection, sweepProxies } from '@belay/kubernetes'
import { endOf } from './canary/join.ts'
import { commitRelease, finishCommit } from './commit.ts'
import type { KubernetesStep } from './context.ts'
import { deploy } from './deploy.ts'
import { type KubernetesInputs, readKubernetesInputs, variables } from './inputs.ts'
import { inspect } from './inspect.ts'
import { restore } from './lost-release.ts'
import { preflight } from './preflight.ts'
import { rollback } from './rollback.ts'
import type { SavedRelease } from './saved.ts'
import { releaseLock, undoRelease } from './undo.ts'

type Command = (inputs: KubernetesInputs, step: KubernetesStep) => Promise<MainOutcome>

const commands: Record<KubernetesInputs['command'], Command> = {
  deploy,
  rollback,
  restore,
  inspect,
  preflight,
}

export const deployKubernetes: Action<KubernetesInputs, SavedRelease> = {
  name: 'deploy-kubernetes',
  inputs: readKubernetesInputs,
  variables,
  main: (inputs, step) => commands[inputs.command](inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'preflight' && command !== 'inspect',
    startsAfterFailure: ({ command }) => command === 'rollback' || command === 'restore',
    service: ({ release }) => release.service,
    async undo(saved, step, until) {
      const end = endOf(saved, step)
      if (!('lease' in end)) return end
      return (await finishCommit(end, step)) ?? undoRelease(end, step, (until - monotonicSeconds()) * 1000)
    },
    async commit(saved, step) {
      const end = endOf(saved, step)
      return 'lease' in end ? commitRelease(end, step) : end
    },
    confirmers,
    async close(step) {
      // A main that was killed has left its own.
      sweepProxies()
      await releaseLock(step).finally(closeConnection)
    },
  },
}
