import { sample } from '../../scripts/sample.ts'
import { seed } from '../../scripts/seed.ts'

/** With BELAY_SAMPLE only as many; 0: all. */
export const count = Number(process.env.BELAY_SAMPLE ?? 0)

/** All, or what the sample of this run has of them: at most `most`. */
export function sampled<T>(all: readonly T[], kindOf: (item: T) => string, most = count): readonly T[] {
  return count > 0 ? sample(all, Math.min(count, most), seed, kindOf) : all
}
