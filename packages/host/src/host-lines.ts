/** Characters of a line that are kept; what a login prints without a line break is no line of a host script. */
const maxLineLength = 64 * 1024

/** Bytes that a whole call may print. */
export const maxOutputBytes = 64e6

/**
 * Reads what a host says, chunk by chunk, in time that grows with its length only: `onLine` gets each line, of one that is
 * too long nothing. Returns false once it has said more than any script does.
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
