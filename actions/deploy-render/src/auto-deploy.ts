import { type ApiClient, warnIfRefused } from './api-client.ts'
import type { SavedService } from './saved.ts'

/**
 * Switches auto-deploy off, because the next push would deploy again what was rolled back. A refusal of Render is a
 * warning and stops nothing.
 * @param what what the next push would deploy again, up to the end of the sentence
 */
export async function pauseAutoDeploy(
  { id, name }: Pick<SavedService, 'id' | 'name'>,
  client: ApiClient,
  warn: (text: string) => void,
  what: string,
): Promise<void> {
  await warnIfRefused(client.pauseAutoDeploy(id), warn, `${name}: auto-deploy could not be switched off`, () =>
    warn(`${name}: auto-deploy is off now. Otherwise the next push would deploy again ${what}`),
  )
}
