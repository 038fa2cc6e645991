import type { InputReader } from '@belay/action-kit'
import { shownUrl } from '@belay/http'
import { printable } from './printable.ts'
import { parseProbeUrl } from './url.ts'

/** The URLs to probe, each once. `read` collects the issues. */
export function readProbeUrls(read: InputReader): URL[] {
  const urls = new Map<string, URL>()
  for (const line of read.lines('urls')) {
    const parsed = parseProbeUrl(line)
    if ('url' in parsed) urls.set(parsed.url.href, parsed.url)
    else read.issue('urls', `"${withoutSecrets(line)}" ${parsed.problem}`, parsed.remedy)
  }
  return [...urls.values()]
}

/** A refused URL may hold a login or a key, and the error is printed. */
function withoutSecrets(line: string): string {
  return printable(shownUrl(line), 120)
}
