/** Times of two ways to do the same, in milliseconds: measured in turn, so that a busy machine is busy for both. */
export interface Pairs {
  readonly subject: readonly number[]
  readonly baseline: readonly number[]
}

export interface Series {
  readonly count: number
  /** Pairs before the first that counts; default 0. */
  readonly warmups?: number
  /** Called before each pair. */
  readonly prepare?: () => void
}

/** Measures pair after pair; who comes first changes each time. */
export async function measureInTurn(
  { count, warmups = 0, prepare }: Series,
  subject: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<Pairs> {
  const pairs = { subject: [] as number[], baseline: [] as number[] }
  for (let round = -warmups; round < count; round++) {
    prepare?.()
    const subjectFirst = round % 2 === 0
    const first = await (subjectFirst ? subject : baseline)()
    const second = await (subjectFirst ? baseline : subject)()
    if (round < 0) continue
    pairs.subject.push(subjectFirst ? first : second)
    pairs.baseline.push(subjectFirst ? second : first)
  }
  return pairs
}

export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** @throws Error where there is nothing to speak of. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const [min] = sorted
  const max = sorted.at(-1)
  if (min === undefined || max === undefined) throw new Error('nothing was measured')
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return { min, median: middle.reduce((sum, value) => sum + value, 0) / middle.length, max }
}

/** Each pair's ratio: what slowed both halves of a pair is not in it. */
export function ratiosOf({ subject, baseline }: Pairs): number[] {
  return subject.map((value, index) => value / (baseline[index] ?? Number.NaN))
}
