import { Failure } from '@belay/action-kit'
import type { Driver, History } from './drivers/driver.ts'
import { byNumber, type Migration } from './files.ts'

/** What must be applied, by the folder and the history. */
export interface MigrationPlan {
  readonly pending: readonly Migration[]
  /** Applied, but unknown to this checkout: of a newer version, or deleted. */
  readonly ahead: readonly string[]
  /** Pending, although a later one is applied. */
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
 * Refuses a history that the tool cannot continue from.
 * @throws Failure `dirty`, `edited`, `out-of-order`
 */
export function assertHistoryIntact(driver: Driver, history: History, plan: MigrationPlan, next: string): void {
  if (history.dirty !== undefined)
    throw new Failure(
      'dirty',
      `${driver.tool} has marked its state as dirty at version ${history.dirty}: an earlier run failed there.`,
      `${next}.`,
    )
  if (history.edited.length > 0)
    throw new Failure(
      'edited',
      `Migrations were edited after they were applied: ${history.edited.join(', ')}.`,
      'restore the files as they were applied, and put the change into a new migration.',
    )
  if (driver.strict && plan.outOfOrder.length > 0)
    throw new Failure(
      'out-of-order',
      `${plan.outOfOrder.join(', ')} comes before migrations that are applied already, and ${driver.tool} refuses that.`,
      'give it a higher number than the last applied migration.',
    )
}
