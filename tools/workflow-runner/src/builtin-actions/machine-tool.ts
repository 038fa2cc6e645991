import type { BuiltinAction } from './builtin-action.ts'

/** Does nothing: a job runs with the programs of this machine. */
export const machineTool: BuiltinAction = {
  does: "does nothing: the machine's own program is used",
  inputs: 'any',
  async run() {
    return {}
  },
}

/** Does nothing: nothing is kept from run to run, so nothing is restored. */
export const noCache: BuiltinAction = {
  does: 'does nothing: nothing is kept from run to run',
  inputs: 'any',
  async run() {
    return { 'cache-hit': 'false' }
  },
}
