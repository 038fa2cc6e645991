import { runSchedule } from './schedule.ts'

/**
 * Plays `count` schedules from one seed, which is printed. Each has a seed of its own, the first the given one and so
 * on: BELAY_SEED=<that of a failed one> plays it first.
 */
export async function runAll(
  seed: number,
  count: number,
): Promise<{ failed: string[]; endings: Record<string, number> }> {
  console.log(`schedules from BELAY_SEED=${seed}`)
  const failed: string[] = []
  const endings: Record<string, number> = {}
  for (let one = seed; one < seed + count; one++) {
    const { conclusion, problems } = await runSchedule(one)
    endings[conclusion] = (endings[conclusion] ?? 0) + 1
    failed.push(...problems.map((problem) => `BELAY_SEED=${one}: ${problem}`))
  }
  console.log(endings)
  return { failed, endings }
}
