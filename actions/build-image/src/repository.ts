import type { Step } from '@belay/action-kit'
import type { Image } from './image.ts'
import type { BuildImageInputs } from './inputs.ts'
import { openRegistry, type Registry } from './registry/client.ts'
import { dockerFolder, storedCredentials } from './registry/credentials.ts'
import type { SavedTags } from './undo.ts'

export type ImageStep = Step<SavedTags>

interface OpenOptions {
  readonly writes: boolean
  readonly step: ImageStep
  readonly signal?: AbortSignal
  readonly attempts?: number
}

/** The repository of `image`, with the login of the inputs, else with the Docker login of an earlier step. */
export async function openRepository(
  image: Image,
  login: BuildImageInputs['login'],
  { writes, step, signal = step.signal, attempts = 4 }: OpenOptions,
): Promise<Registry> {
  const credentials = login ?? (await storedCredentials(image.registry, dockerFolder()))
  return openRegistry(image, { credentials, writes, signal, attempts, onRetry: (text) => step.info(text) })
}
