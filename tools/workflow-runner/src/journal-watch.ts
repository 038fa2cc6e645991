import { closeSync, openSync, readSync } from 'node:fs'

/** How often a growing journal is looked at, in milliseconds: often enough to inject a fault between two steps of an action. */
const INTERVAL = 5

/** Follows the journal that the actions of a job share, across its processes. */
export interface JournalWatch {
  /** Calls `onLine` for each new whole line until the function returned is called, which looks once more. */
  follow(onLine: (line: unknown) => void): () => void
}

export function watchJournal(path: string): JournalWatch {
  let offset = 0
  let rest = ''
  const look = (onLine: (line: unknown) => void) => {
    for (let text = readFrom(path, offset); text !== ''; text = readFrom(path, offset)) {
      offset += text.length
      const lines = (rest + text).split('\n')
      rest = lines.pop() as string
      for (const line of lines) if (line !== '') onLine(parse(Buffer.from(line, 'latin1').toString('utf8')))
    }
  }
  return {
    follow(onLine) {
      const timer = setInterval(() => look(onLine), INTERVAL)
      return () => {
        clearInterval(timer)
        look(onLine)
      }
    },
  }
}

/** What a file holds from a byte on, a byte a character, so that no character is cut in two. */
function readFrom(path: string, offset: number): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return ''
  }
  try {
    const buffer = Buffer.alloc(64 * 1024)
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, offset))
  } finally {
    closeSync(file)
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line
  }
}
