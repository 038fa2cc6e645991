import { type ApiClient, warnIfRefused } from './api-client.ts'
import { digestOf, type SavedService, unseal } from './saved.ts'

/** Puts variables back that still hold what this job set; others were changed by somebody else, and that is said. */
export async function restoreEnv(
  mine: SavedService,
  apiKey: string,
  client: ApiClient,
  warn: (text: string) => void,
): Promise<void> {
  if (!mine.env || mine.env.length === 0) return
  const now = new Map((await client.env(mine.id)).map(({ key, value }) => [key, value]))
  for (const { key, sealedBefore: before, setDigest: set } of mine.env) {
    const value = now.get(key)
    const former = formerValue(before, apiKey)
    if (former === 'sealed') {
      warn(`${mine.name}: the variable ${key} keeps its new value: the API key is another one than at the start.`)
      continue
    }
    if (value === former?.value) continue
    if (value === undefined || digestOf(value, apiKey) !== set)
      warn(`${mine.name}: the variable ${key} was changed by somebody else meanwhile and is left as it is.`)
    else {
      const back = former === undefined ? client.removeEnv(mine.id, key) : client.setEnv(mine.id, key, former.value)
      await warnIfRefused(back, warn, `${mine.name}: the variable ${key} could not be put back`)
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
