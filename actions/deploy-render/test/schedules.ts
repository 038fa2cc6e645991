import { runSchedule } from './schedule.ts'

/**
 * Runs `count` schedules from one seed, which is printed. Each schedule has its own seed, counted up from the given one:
 * BELAY_SEED=<the seed of a failed schedule> runs that one first.
 */
export async function runAll(
  seed: number,
  count: number,
): Promise<{ failed: string[]; conclusions: Record<string, number> }> {
  console.log(`schedules from BELAY_SEED=${seed}`)
  const failed: string[] = []
  const conclusions: Record<string, number> = {}
  for (let one = seed; one < seed + count; one++) {
    const { conclusion, problems } = await runSchedule(one)
    conclusions[conclusion] = (conclusions[conclusion] ?? 0) + 1
    failed.push(...problems.map((problem) => `BELAY_SEED=${one}: ${problem}`))
  }
  console.log(conclusions)
  return { failed, conclusions }
}
