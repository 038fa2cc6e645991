import { sample } from '../chaos/fault-points.ts'

/** By BELAY_SEED; by default another choice each day. */
export const seed = Number(process.env.BELAY_SEED ?? Math.floor(Date.now() / 86_400_000))
/** With BELAY_SAMPLE only as many; 0: all. */
export const count = Number(process.env.BELAY_SAMPLE ?? 0)

/** All, or what the sample of this run has of them: at most `most`, one of each kind first. */
export function sampled<T>(all: readonly T[], kindOf: (item: T) => string, most = count): readonly T[] {
  return count > 0 ? sample(all, Math.min(count, most), seed, kindOf) : all
}
