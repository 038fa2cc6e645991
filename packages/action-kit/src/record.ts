import { type JournalLine, type RecordLine, recordFields } from './events.ts'

/** The record of a job: of its journal what people read. Pure. */
export function recordOf(lines: readonly JournalLine[]): RecordLine[] {
  return lines.flatMap((line) => recordLineOf(line) ?? [])
}

/** What people read of a line of the journal; undefined where it is only for the job. */
export function recordLineOf(line: JournalLine): RecordLine | undefined {
  // A line may come from elsewhere: its event may be the name of an inherited property.
  const fields = Object.hasOwn(recordFields, line.event) ? recordFields[line.event] : undefined
  if (fields === undefined) return undefined
  const { at, step, event } = line
  return { at, step, event, ...partOf(line, fields) } as RecordLine
}

type Fields = NonNullable<(typeof recordFields)[JournalLine['event']]>

function partOf(line: JournalLine, fields: Fields): object {
  if (typeof fields === 'function') return fields(line as Parameters<typeof fields>[0])
  return Object.fromEntries(Object.entries(line).filter(([name]) => (fields as readonly string[]).includes(name)))
}
