/** The longest line that is kept, in characters: longer output of a login is not a line of a host script. */
const maxLineLength = 64 * 1024

/** Bytes that a whole call may print. */
export const maxOutputBytes = 64e6

/**
 * Reads the output of a host, chunk by chunk, in linear time. `onLine` gets each line but those that are too long. The
 * reader returns false once the output is longer than that of any host script.
 */
export function lineReader(onLine: (line: string) => void): (text: string) => boolean {
  let rest = ''
  let skips = false
  let total = 0
  return (text) => {
    total += text.length
    const parts = text.split('\n')
    for (const [index, part] of parts.entries()) {
      const ends = index < parts.length - 1
      if (!skips && rest.length + part.length <= maxLineLength) rest += part
      else skips = true
      if (!ends) break
      if (!skips) onLine(rest)
      rest = ''
      skips = false
    }
    return total <= maxOutputBytes
  }
}
