import { existsSync, readFileSync } from 'node:fs'

/** A new line, also after one that a kill or a full disk left incomplete. */
export function jsonLine(value: unknown): string {
  return `\n${JSON.stringify(value)}\n`
}

/** The values of a file of JSON lines; what cannot be read is left out. */
export function readJsonLines<T>(path: string): T[] {
  if (!existsSync(path)) return []
  const lines: T[] = []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    try {
      if (line) lines.push(JSON.parse(line) as T)
    } catch {
      // Torn by a kill in the middle of a write: what it announced did not happen yet.
    }
  }
  return lines
}
