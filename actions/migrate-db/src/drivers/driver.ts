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
  /** Prints a line of a tool's. */
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

/** What the tool's own history says. */
export interface History {
  /** There is a history at all. */
  readonly exists: boolean
  /** Names of migrations that are applied, in their order; of one whose file is not here, its version. */
  readonly applied: readonly string[]
  /** Names of applied migrations whose file is another one now. */
  readonly edited: readonly string[]
  /** The tool calls its own state broken, at this version. */
  readonly dirty?: string
  /** Given where pending is not what the folder has and the history has not: a command of the user's own says it. */
  readonly pending?: readonly Migration[]
  /** Nobody can say what is pending, before or after. */
  readonly unknowable?: true
}

/** One tool. What is applied and pending comes from its history in the database, never from what it prints. */
export interface Driver {
  readonly tool: ToolName
  /** Where its migrations usually are, relative to the workspace. */
  readonly folders: readonly string[]
  /** The tool runs them strictly in order, and refuses one that comes late. */
  readonly strict: boolean
  /** Whether a folder with these files is this tool's. `read` gives the text of one. */
  recognises(files: readonly string[], read: (file: string) => string): boolean
  /** The migrations of a folder in the tool's order; throws Failure `migration-files` for files nobody can order. */
  list(folder: string, parameters: ReadonlyMap<string, string>): Migration[]
  readHistory(
    context: Pick<MigrationContext, 'inputs' | 'session' | 'migrations' | 'access' | 'signal' | 'print' | 'folder'>,
  ): Promise<History>
  /** What can be seen of the SQL of pending migrations, without changing anything. */
  scripts(context: MigrationContext, pending: readonly Migration[]): Promise<PendingScript[]>
  /** Finds or brings the tool, before anything is changed. Throws Failure `tool-missing` and others. */
  prepare?(context: MigrationContext): Promise<void>
  /** Applies what is pending. Throws where it fails. */
  apply(context: MigrationContext, pending: readonly Migration[]): Promise<void>
  /** Takes these back, which are the last that were applied, newest first. */
  down(context: MigrationContext, applied: readonly Migration[]): Promise<void>
  /** What to do by hand after `failed` failed. */
  nextCommand(context: MigrationContext, failed: Migration | undefined, history: History): string
  /** Puts the tool's own state right after a failed migration of which nothing stays; for tools that need that. */
  repairState?(context: MigrationContext, history: History): Promise<void>
}

/** Applying failed, in words for the log. */
export class ToolFailure extends Error {
  /** SQLSTATE, where it is known. */
  readonly sqlstate: string
  readonly lockTimeout: boolean
  /** The server refused a statement: what was a transaction is none of it there. */
  readonly refused: boolean

  constructor(message: string, what: { sqlstate: string; lockTimeout: boolean; refused: boolean }) {
    super(message)
    this.name = 'ToolFailure'
    this.sqlstate = what.sqlstate
    this.lockTimeout = what.lockTimeout
    this.refused = what.refused
  }
}
