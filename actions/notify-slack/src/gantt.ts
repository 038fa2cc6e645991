import { endOfJob, type PhaseTime } from './phase-times.ts'

/** The part of a release's whole time below which a bar cannot be seen. */
const leastPart = 0.01

/**
 * The phases of a release over time, as a Mermaid diagram for the job summary; undefined where it would show nothing that
 * one line of text does not. Pure.
 */
export function ganttOf(times: readonly PhaseTime[]): string | undefined {
  const whole = Math.max(...times.map(endOf)) - Math.min(...times.map(({ from }) => from))
  const shown = times.filter(
    (time) => time.failed || time.part === endOfJob || endOf(time) - time.from > whole * leastPart,
  )
  if (shown.length < 2 || whole === 0) return undefined
  const lines = shown.flatMap((time, index) => {
    const begins = time.part !== shown[index - 1]?.part
    return [...(begins ? [`section ${nameOf(time.part)}`] : []), barOf(time)]
  })
  const head = ['gantt', 'dateFormat YYYY-MM-DD HH:mm:ss.SSS', 'axisFormat %H:%M:%S']
  return [
    '**When each phase ran** (UTC; each until the next one began)',
    '',
    '```mermaid',
    ...head,
    ...lines,
    '```',
  ].join('\n')
}

/** A line that begins with a mark is no keyword of Mermaid's, whatever the phase is called. */
function barOf({ phase, from, to, failed }: PhaseTime): string {
  const name = `${failed ? '✗' : '✓'} ${nameOf(phase)}`
  if (to === undefined) return `${name} stopped :crit, milestone, ${timeOf(from)}, 0s`
  return `${name} ${((to - from) / 1000).toFixed(1)} s :${failed ? 'crit' : 'done'}, ${timeOf(from)}, ${timeOf(to)}`
}

/** Of a name from outside only letters, digits and marks that mean nothing to Mermaid are left (docs/research/runner.md#texts). */
function nameOf(text: string): string {
  const name = text.replace(/[^\p{L}\p{N} .@/_-]+/gu, ' ').trim()
  return name.slice(0, 60) || 'unnamed'
}

function endOf({ from, to }: PhaseTime): number {
  return to ?? from
}

/** As the log of the job shows it. */
function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, -1).replace('T', ' ')
}
