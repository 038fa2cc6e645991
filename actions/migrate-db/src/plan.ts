import { Failure } from '@belay/action-kit'
import type { Driver, History } from './drivers/driver.ts'
import { byNumber, type Migration } from './files.ts'

/** What there is to do, by the folder and the history. */
export interface MigrationPlan {
  readonly pending: readonly Migration[]
  /** Applied, and unknown to this checkout: a newer version's, or deleted. */
  readonly ahead: readonly string[]
  /** Pending, though a later one is applied. */
  readonly outOfOrder: readonly string[]
  /** Every migration that this version was built with, in order. */
  readonly all: readonly string[]
}

/** Compares the folder with the history. Pure. */
export function planMigrations(migrations: readonly Migration[], history: History): MigrationPlan {
  const applied = new Set(history.applied)
  const pending = history.pending ?? migrations.filter(({ name }) => !applied.has(name))
  const names = new Set(migrations.map(({ name }) => name))
  const last = migrations.filter(({ name }) => applied.has(name)).at(-1)
  const outOfOrder =
    history.pending || !last ? [] : pending.filter((one) => byNumber(one, last) < 0).map(({ name }) => name)
  const unlisted = history.unknowable ? [] : pending.filter(({ name }) => !names.has(name))
  return {
    pending,
    ahead: history.applied.filter((name) => !names.has(name)),
    outOfOrder,
    all: [...migrations, ...unlisted].map(({ name }) => name),
  }
}

/**
 * Refuses histories that no tool can go on from.
 * @throws Failure `dirty`, `edited`, `out-of-order`
 */
export function assertHistoryIntact(driver: Driver, history: History, plan: MigrationPlan, next: string): void {
  if (history.dirty !== undefined)
    throw new Failure(
      'dirty',
      `${driver.tool} calls its state broken at version ${history.dirty}: an earlier run failed there.`,
      `${next}.`,
    )
  if (history.edited.length > 0)
    throw new Failure(
      'edited',
      `Applied migrations were edited since: ${history.edited.join(', ')}.`,
      'bring the files back as they were applied, and put the change into a new migration.',
    )
  if (driver.strict && plan.outOfOrder.length > 0)
    throw new Failure(
      'out-of-order',
      `${plan.outOfOrder.join(', ')} comes before what is applied already, and ${driver.tool} refuses that.`,
      'give it a number above the last applied one.',
    )
}
