import type { DatabaseAccess, Session } from '../database.ts'
import type { Migration } from '../files.ts'
import type { MigrateInputs } from '../inputs.ts'
import type { PendingScript } from '../lint/rules.ts'

export type ToolName = Exclude<MigrateInputs['tool'], 'auto'>

/** What a driver works with, once the database is reached. */
export interface MigrationContext {
  readonly inputs: MigrateInputs
  readonly folder: string
  /** All migrations of the folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  readonly access: DatabaseAccess
  /** The session that holds the lock. */
  readonly session: Session
  /** Prints a line of a tool. */
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

/** The content of the tool's own history. */
export interface History {
  /** The history table exists. */
  readonly exists: boolean
  /** Names of migrations that are applied, in their order; if the file is missing here, its version. */
  readonly applied: readonly string[]
  /** Names of applied migrations whose file has changed since. */
  readonly edited: readonly string[]
  /** The tool has marked its own state as dirty, at this version. */
  readonly dirty?: string
  /** Set if a command of the user reports what is pending; else it is what the folder has and the history has not. */
  readonly pending?: readonly Migration[]
  /** What is pending cannot be known, before or after. */
  readonly unknowable?: true
}

/** One tool. What is applied and pending comes from its history in the database, never from what it prints. */
export interface Driver {
  readonly tool: ToolName
  /** The usual folders of its migrations, relative to the workspace. */
  readonly folders: readonly string[]
  /** The tool runs them strictly in order, and refuses one that is out of order. */
  readonly strict: boolean
  /** Whether a folder with these files is this tool's. `read` gives the text of one. */
  recognises(files: readonly string[], read: (file: string) => string): boolean
  /** The migrations of a folder in the tool's order; throws Failure `migration-files` for files that it cannot order. */
  list(folder: string, parameters: ReadonlyMap<string, string>): Migration[]
  readHistory(
    context: Pick<MigrationContext, 'inputs' | 'session' | 'migrations' | 'access' | 'signal' | 'print' | 'folder'>,
  ): Promise<History>
  /**
   * The SQL of pending migrations, as far as it is available without changing anything; without a `context` also without
   * the database.
   */
  scripts(context: MigrationContext | undefined, pending: readonly Migration[]): Promise<PendingScript[]>
  /** Finds or downloads the tool, before anything is changed. Throws Failure `tool-missing` and others. */
  prepare?(context: MigrationContext): Promise<void>
  /** Applies what is pending. Throws if it fails. */
  apply(context: MigrationContext, pending: readonly Migration[]): Promise<void>
  /** Undoes these migrations, the last ones that were applied, newest first. */
  down(context: MigrationContext, applied: readonly Migration[]): Promise<void>
  /** What to do by hand after `failed` failed. */
  nextCommand(context: MigrationContext, failed: Migration | undefined, history: History): string
  /** Repairs the tool's own state after a failed migration that left no change; for tools that need that. */
  repairState?(context: MigrationContext, history: History): Promise<void>
}

/** A migration could not be applied; the message is for the log. */
export class ToolFailure extends Error {
  /** SQLSTATE; empty if not known. */
  readonly sqlstate: string
  readonly lockTimeout: boolean
  /** The server refused a statement, so a transaction left no change. */
  readonly refused: boolean

  constructor(message: string, what: { sqlstate: string; lockTimeout: boolean; refused: boolean }) {
    super(message)
    this.name = 'ToolFailure'
    this.sqlstate = what.sqlstate
    this.lockTimeout = what.lockTimeout
    this.refused = what.refused
  }
}
