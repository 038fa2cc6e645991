import { setTimeout as sleep } from 'node:timers/promises'

/** One inspection of all that a run may have changed. */
export interface Inspection {
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

/** In seconds. A lock is released a moment after the last reply. */
const settleSeconds = 5

/**
 * Inspects until all is as promised; for `laterSeconds` (undefined: a moment) if it is not. On a busy machine one
 * inspection may take longer than that: a problem must be found twice.
 */
export async function verifyUntil<T extends Inspection>(
  inspect: () => Promise<T>,
  laterSeconds: number | undefined,
  onWait: (inspection: T, seconds: number) => void = () => {},
): Promise<T & { readonly seconds: number }> {
  const started = performance.now()
  const patience = laterSeconds ?? settleSeconds
  for (let count = 1; ; count += 1) {
    const inspection = await inspect()
    const seconds = (performance.now() - started) / 1000
    if (inspection.problems.length === 0 || (count > 1 && seconds >= patience)) return { ...inspection, seconds }
    onWait(inspection, seconds)
    await sleep(200)
  }
}
