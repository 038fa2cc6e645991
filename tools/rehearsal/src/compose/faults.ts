import { begunSteps } from '../fault.ts'
import { v1, v2 } from '../version.ts'
import { type Case, casesFor, type Parts } from '../worker.ts'
import { buildIn } from './build.ts'
import { openLab } from './lab.ts'
import { rehearse } from './rehearse.ts'
import { resultOf } from './report.ts'
import { type Environment, type ExternalFailure, externalFailures, failingVersion, migrationsOf } from './shop.ts'

/** Every fault at every step over a previous release; for a first release only at changing steps. */
export function casesOf(environment: string, begun: readonly string[]): Case[] {
  if (environment === 'production') return casesFor(begun, v1)
  const changing = begun.filter((path) => /\/(deploy-ssh|blue-green-switch)$/.test(path))
  const others = externalFailures.map((externalFailure) => ({ externalFailure, old: v1 }))
  return [...casesFor(changing, undefined), ...casesFor(begun, v1), ...others]
}

/** A server for one release after the other. Each begins with the schema of the serving version. */
export async function openParts(environment: Environment, paths: readonly string[]): Promise<Parts> {
  const lab = await openLab([environment])
  try {
    if (environment === 'production') for (const version of [v1, v2]) await buildIn(lab, version)
  } catch (error) {
    await lab.close()
    throw error
  }
  return {
    async rehearse(version, old, wrong) {
      const schema = old ? migrationsOf(old) : []
      await revertSchema(schema.length)
      const released = wrong.externalFailure ? failingVersion(wrong.externalFailure as ExternalFailure) : version
      const run = { environment, version: released, back: false, old, schema, ...wrong }
      const { expectation, runResult, problems } = await rehearse(lab, paths, run)
      const begun = begunSteps(runResult)
      return {
        conclusion: runResult.conclusion,
        result: resultOf(runResult),
        problems,
        begun,
        asBefore: expectation.version === old,
      }
    },
    close: () => lab.close(),
  }

  /** A migration stays when its release is undone. The next case needs the schema without it. */
  async function revertSchema(count: number): Promise<void> {
    const { query } = lab.server(environment)
    const [table] = await query("select to_regclass('belay_migrations')")
    if (!table) return
    const statements = ['drop table if exists orders', 'alter table if exists orders drop column if exists packed_at']
    const applied = Number((await query('select count(*) from belay_migrations'))[0])
    for (let left = applied; left > count; left -= 1) {
      await query(statements[left - 1] ?? '')
      await query('delete from belay_migrations where version = (select max(version) from belay_migrations)')
    }
  }
}
