import { type Connection, runCommand } from '@belay/host'
import { onAllHosts } from '@belay/host/fleet'
import type { DeployContext } from './context.ts'
import { type RegistryLogin, registryOf } from './image.ts'
import { script } from './script.ts'

/** Longer than the host itself takes: three tries of ten minutes. */
const pullMs = 35 * 60_000

/** Pulls the image of this release on every host, before any of them changes. */
export async function pullFleet({ step, inputs, fleet, signal, content }: DeployContext): Promise<void> {
  await onAllHosts(
    fleet,
    ({ connection, lease }) => {
      step.record({ event: 'phase', phase: 'pull', host: lease.host })
      return pull(connection, lease, inputs.registry, content.manifest, signal)
    },
    signal,
  )
}

async function pull(
  connection: Connection,
  { base, id }: { base: string; id: string },
  { user, token }: RegistryLogin,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  const values = { base, id, registry: registryOf(image), registryUser: user, registryToken: token }
  await runCommand(connection, script, 'pull', values, { timeoutMs: pullMs, signal })
}
