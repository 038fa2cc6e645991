import { fromEnvironment, readInputs } from '@belay/action-kit'
import { type Client, reconnectTo } from '@belay/kubernetes'
import { readAccessInputs } from '@belay/kubernetes/inputs'
import { variables } from './inputs.ts'
import type { SavedRelease } from './saved.ts'

/** Talks to the cluster that main changed, with the secrets of this step's own inputs. */
export function reconnect({ server }: SavedRelease, signal: AbortSignal): Promise<Client> {
  return reconnectTo(server, readInputs(readAccessInputs, fromEnvironment, { variables }), signal)
}
