import { canStartHosts, canStartPostgres } from '@belay/test-hosts'
import { type Program, programsFor } from '../../../../scripts/machine/programs.ts'
import { bringPrograms, inContainer, Lacking, type Preparation, requireRoot } from '../machine.ts'

const forProduction: readonly Program[] = ['nginx', 'unzip', 'postgres']

/**
 * Makes sure that hosts can be started here. Says what is missing and installs it.
 * @throws Lacking if that needs root or something that cannot be installed
 */
export async function prepareMachine(production: boolean, preparation: Preparation): Promise<void> {
  requireRoot(preparation.args)
  await bringPrograms([...programsFor('hosts'), ...(production ? forProduction : [])], preparation)
  const reason = canStartHosts() ?? (production && canStartPostgres())
  if (reason) throw new Lacking(`${reason}\n\n${inContainer(preparation.args)}`)
}
