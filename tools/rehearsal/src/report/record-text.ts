import type { RecordLine } from '@belay/action-kit'

/** What an event of a step's record says to people besides phases and decisions; empty: nothing. */
export function recordText(entry: RecordLine): string {
  switch (entry.event) {
    case 'armed':
      return `armed, rolls back in ${entry.seconds} s`
    case 'gate':
      return `${entry.verdict} after ${entry.attempts} probes`
    case 'outcome':
      return `${entry.stays ? 'stays' : entry.result}: ${entry.target}`
    case 'note':
      return entry.level === 'warning' ? `warning: ${entry.text}` : ''
    default:
      return ''
  }
}
