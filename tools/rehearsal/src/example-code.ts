import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Schema } from './expect/schema.ts'
import type { Unit } from './expect/unit.ts'
import type { Query } from './observe/database.ts'
import { belayRoot, exampleFolder } from './paths.ts'
import type { Failure } from './repository/failures.ts'
import { type Migrations, readMigrations } from './repository/migrations.ts'
import { readSettings, type Settings } from './repository/settings.ts'
import type { Scenario } from './scenario.ts'
import { type Version, v1, v2 } from './version.ts'

/** The repository of an example, at its two versions and with each of its external failures. */
export interface ExampleCode {
  /** Its folder. */
  readonly root: string
  /** What its `rehearsal.yml` says. */
  readonly settings: Settings
  /** The names of its external failures. */
  readonly externalFailures: readonly string[]
  /** Copies a version into an empty folder. */
  checkOut(version: Version, into: string): void
  /** The commit that an external failure is in: v2, perhaps with a change. No registry and no host has anything of it yet. */
  failing(externalFailure: string): Version
  /** The files of the migrations that a version was built with, in their order. */
  migrationsOf(version: Version): Schema
  /** What is rehearsed of the workflow of an environment: that of production goes back, too. */
  scenario(environment: string, paths: readonly string[], units: readonly Unit[]): Scenario
  /** A migration stays when its release is undone. Takes back all but those of a schema. */
  takeBack(query: Query, schema: Schema): Promise<void>
}

const migrations = 'migrations'
const none: Migrations = { first: [], second: [], noTransactions: [] }
/** What tools make below an example's folder. */
const made = ['node_modules', 'build', 'dist']

export function readExampleCode(name: string): ExampleCode {
  const root = exampleFolder(name)
  const settings = readSettings(root)
  const { failures, newFiles } = settings
  const externalFailures = Object.keys(failures)
  const { first, second, noTransactions } = existsSync(join(root, migrations))
    ? readMigrations(root, migrations, newFiles)
    : none
  const migrationsOf = ({ number }: Version) => (number === v2.number ? second : first)
  const failing = (externalFailure: string): Version => ({
    ...v2,
    sha: createHash('sha1').update(externalFailure).digest('hex'),
  })

  function checkOut({ sha, number }: Version, into: string): void {
    cpSync(root, into, { recursive: true, filter: (path) => !made.includes(basename(path)) })
    // It uses the packages that Belay itself has installed: nothing is downloaded.
    if (existsSync(join(root, 'package.json'))) symlinkSync(join(belayRoot, 'node_modules'), join(into, 'node_modules'))
    if (existsSync(join(root, 'VERSION'))) writeFileSync(join(into, 'VERSION'), `${number}\n`)
    if (number !== v2.number) for (const file of newFiles) rmSync(join(into, file))
    const change = failures[externalFailures.find((one) => failing(one).sha === sha) ?? '']?.change
    if (!change) return
    const path = join(into, change.file)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(change.from, () => change.to),
    )
  }

  return {
    root,
    settings,
    externalFailures,
    checkOut,
    failing,
    migrationsOf,
    scenario: (environment, paths, units) => ({
      environment,
      prefix: '',
      units,
      paths,
      versions: [v1, v2],
      goesBack: environment === 'production',
      ...(units.some(({ steps }) => steps.schema) && { migrationsOf, noTransactions }),
      ...(externalFailures.length > 0 && {
        failing: (name: string) => (isInCommit(failures[name]) ? failing(name) : undefined),
        conclusionOf: (name: string) => failures[name]?.ends ?? 'failure',
      }),
    }),
    async takeBack(query, schema) {
      const [table] = await query("select to_regclass('belay_migrations')")
      const applied = table ? await query('select name from belay_migrations order by version desc') : []
      for (const name of applied.slice(0, applied.length - schema.length)) {
        await query(takeBackOf(settings, name))
        await query('delete from belay_migrations where version = (select max(version) from belay_migrations)')
      }
    },
  }
}

/** A registry that refuses must have nothing of the version yet. */
function isInCommit(failure: Failure | undefined): boolean {
  return failure?.change !== undefined || failure?.registry !== undefined
}

/** `name`: with or without `.sql`, as the database has it. */
function takeBackOf({ takeBack }: Settings, name: string): string {
  const sql = takeBack[name] ?? takeBack[`${name}.sql`]
  if (sql === undefined) throw new Error(`rehearsal.yml: take-back has no SQL for ${name}`)
  return sql
}
