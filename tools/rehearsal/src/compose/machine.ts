import {
  canHaveNetworks,
  canMakeSubstituteImages,
  canStartBuilder,
  canStartHostEngine,
  canStartHosts,
  canStartRegistry,
} from '@belay/test-hosts'
import { programsFor } from '../../../../scripts/machine/programs.ts'
import { bringPrograms, inContainer, Lacking, type Preparation, requireRoot } from '../machine.ts'

/**
 * Makes sure that servers with Docker can be started here. Says what is missing and installs it.
 * @throws Lacking if something is missing that may not or cannot be installed
 */
export async function prepareMachine(preparation: Preparation): Promise<void> {
  requireRoot(preparation.args)
  await bringPrograms([...programsFor('hosts', 'networks', 'containers'), 'busybox', 'pg_dump'], preparation)
  const engines = canStartHostEngine() ?? canStartBuilder({ docker: 'trixie' })
  const reason = canStartHosts() ?? canHaveNetworks() ?? engines ?? canStartRegistry() ?? canMakeSubstituteImages()
  if (reason)
    throw new Lacking(`This example runs with Docker engines of its own. ${reason}\n\n${inContainer(preparation.args)}`)
}
