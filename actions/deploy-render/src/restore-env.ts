import { type ApiClient, warnIfRefused } from './api-client.ts'
import { digestOf, type SavedService, unseal } from './saved.ts'

/** Restores variables that still hold what this job set. Warns of those that somebody else has changed. */
export async function restoreEnv(
  saved: SavedService,
  apiKey: string,
  client: ApiClient,
  warn: (text: string) => void,
): Promise<void> {
  if (!saved.env || saved.env.length === 0) return
  const now = new Map((await client.env(saved.id)).map(({ key, value }) => [key, value]))
  for (const { key, sealedBefore: before, setDigest: set } of saved.env) {
    const value = now.get(key)
    const former = formerValue(before, apiKey)
    if (former === 'sealed') {
      warn(`${saved.name}: the variable ${key} keeps its new value: the API key is not the one of the start.`)
      continue
    }
    if (value === former?.value) continue
    if (value === undefined || digestOf(value, apiKey) !== set)
      warn(`${saved.name}: the variable ${key} was changed by somebody else, so Belay leaves it as it is.`)
    else {
      const back = former === undefined ? client.removeEnv(saved.id, key) : client.setEnv(saved.id, key, former.value)
      await warnIfRefused(back, warn, `${saved.name}: the variable ${key} could not be restored`)
    }
  }
}

function formerValue(before: string | undefined, apiKey: string): { value: string } | 'sealed' | undefined {
  try {
    return before === undefined ? undefined : { value: unseal(before, apiKey) }
  } catch {
    return 'sealed'
  }
}
