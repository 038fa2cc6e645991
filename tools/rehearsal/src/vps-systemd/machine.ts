import { canStartHosts, canStartPostgres, canStartSystemdHosts, programsOfSystemdHosts } from '@belay/test-hosts'
import { type Program, programsFor } from '../../../../scripts/machine/programs.ts'
import type { HostKind } from '../example.ts'
import { bringPrograms, inContainer, Lacking, type Preparation, requireRoot } from '../machine.ts'

const forProduction: readonly Program[] = ['nginx', 'unzip', 'postgres']

/**
 * Makes sure that hosts can be started here. Says what is missing and installs it.
 * @throws Lacking if that needs root or something that cannot be installed
 */
export async function prepareMachine(kind: HostKind, production: boolean, preparation: Preparation): Promise<void> {
  requireRoot(preparation.args)
  const wanted = [
    ...programsFor('hosts'),
    ...(production ? forProduction : []),
    ...(kind === 'systemd' ? programsOfSystemdHosts() : []),
  ]
  await bringPrograms(wanted, preparation)
  const reason = (kind === 'systemd' ? canStartSystemdHosts() : canStartHosts()) ?? (production && canStartPostgres())
  if (reason) throw new Lacking(`${reason}\n\n${inContainer(preparation.args)}`)
}
