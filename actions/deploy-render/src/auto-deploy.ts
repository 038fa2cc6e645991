import { type ApiClient, warnIfRefused } from './api-client.ts'
import type { SavedService } from './saved.ts'

/**
 * Switches it off, or the next push would bring back what a service goes back from. What Render refuses of that is said,
 * and holds nothing up.
 * @param what what the next push would bring back, to the end of the sentence
 */
export async function pauseAutoDeploy(
  { id, name }: Pick<SavedService, 'id' | 'name'>,
  client: ApiClient,
  warn: (text: string) => void,
  what: string,
): Promise<void> {
  await warnIfRefused(client.pauseAutoDeploy(id), warn, `${name}: auto-deploy could not be switched off`, () =>
    warn(`${name}: auto-deploy is off now, or the next push would bring back ${what}`),
  )
}
