import { type Action, isSuperseded, type Step } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { accessVariables } from '@belay/kubernetes/inputs'
import { readDriver, readSwitchInputs, type SwitchInputs } from './inputs.ts'
import { readServiceInputs, type ServiceInputs } from './service/inputs.ts'
import type { SavedMove } from './service/saved.ts'
import type { SavedSwitch } from './undo.ts'

type Inputs = SwitchInputs | ServiceInputs
type Saved = SavedSwitch | SavedMove

/** One of the two is loaded: what talks to hosts, or what talks to a cluster. */
const hosts = () => import(/* webpackMode: "eager" */ './hosts.ts')
const service = () => import(/* webpackMode: "eager" */ './service/transaction.ts')

export const blueGreenSwitch: Action<Inputs, Saved> = {
  name: 'blue-green-switch',
  inputs: (read) => (readDriver(read) === 'service' ? readServiceInputs(read) : readSwitchInputs(read)),
  // BELAY_CHECK is deploy-ssh's, which may be a command.
  // Metrics of `release` judge a canary.
  variables: { check: undefined, metrics: undefined, 'metrics-url': undefined, ...accessVariables },
  async main(inputs, step) {
    if (isSuperseded(step.journal.read())) {
      step.info('A newer release superseded this one: no traffic is moved.')
      return { result: 'superseded' }
    }
    if (isService(inputs)) return (await service()).main(inputs, of<SavedMove>(step))
    return (await hosts()).main(inputs, of<SavedSwitch>(step))
  },
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'status' && command !== 'preflight',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    async undo(saved, step, until) {
      if (isMove(saved)) return (await service()).undo(saved, until)
      return (await hosts()).undo(saved, of<SavedSwitch>(step), until)
    },
    async commit(saved) {
      return isMove(saved) ? (await service()).commit(saved) : []
    },
    confirmers,
    async close(step) {
      const saved = step.journal.read().steps.find(({ id }) => id === step.id)?.undo as Saved | undefined
      if (saved && isMove(saved)) (await service()).close()
      else await (await hosts()).close(of<SavedSwitch>(step))
    },
  },
}

function isService(inputs: Inputs): inputs is ServiceInputs {
  return 'driver' in inputs
}

function isMove(saved: Saved): saved is SavedMove {
  return 'traffic' in saved
}

/** A step saves what its own driver restores. */
function of<Undo extends Saved>(step: Step<Saved>): Step<Undo> {
  return step as unknown as Step<Undo>
}
