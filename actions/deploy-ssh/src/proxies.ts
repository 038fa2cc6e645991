import type { Connection } from '@belay/host'
import { type Heard, hearProxies, openFleet } from '@belay/host/fleet'
import type { DeployInputs } from './inputs.ts'
import { script } from './script.ts'
import type { DeployStep } from './undo.ts'

/** Opens the hosts of the proxies that are not on the slots' hosts; none where there are none. */
export function openProxies(
  { servers, credentials }: DeployInputs,
  step: DeployStep,
  signal: AbortSignal,
): Promise<Connection[]> {
  return openFleet(step.journal, step.id, servers?.proxies ?? [], credentials, signal)
}

/**
 * What each slot host is to hear of the proxies before it; undefined where they are on the host itself. With `recover`,
 * what a lost run left open on a proxy is undone first, and one that another run is moving is an error.
 * @throws Failure `active-unknown`, `server-missing`, `lock-held`
 */
export async function hear(
  { inputs, proxies, signal }: { inputs: DeployInputs; proxies: readonly Connection[]; signal: AbortSignal },
  recover = false,
): Promise<Heard | undefined> {
  const { servers, path: base } = inputs
  return servers && hearProxies(proxies, script, servers, { base, id: '', recover }, signal)
}
