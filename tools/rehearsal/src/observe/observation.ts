import type { Run } from '../scenario.ts'
import type { System } from '../system.ts'
import type { Version } from '../version.ts'
import { inspectDatabase, type SeenDatabase } from './database.ts'
import type { SeenPlace } from './place.ts'

/** All that was seen in one inspection. What a system does not have is left out. */
export interface Observation extends Surroundings {
  readonly places: readonly SeenPlace[]
  readonly database?: SeenDatabase | undefined
}

/** What a run must leave as it is, or move as a whole. */
export interface Surroundings {
  readonly neighbours?: Readonly<Record<string, string | undefined>> | undefined
  /** The digests of the floating tags. */
  readonly tags?: Readonly<Record<string, string | undefined>> | undefined
}

export async function observe(system: System, run: Run): Promise<Observation> {
  const [places, database, surroundings] = await Promise.all([
    system.places(run),
    system.query && inspectDatabase(system.query),
    observeSurroundings(system),
  ])
  return { places, database, ...surroundings }
}

export async function observeSurroundings({ neighbours, tags }: System): Promise<Surroundings> {
  const [all, digests] = await Promise.all([neighbours?.(), tags?.read()])
  return { neighbours: all, tags: digests }
}

/** The digest of what must serve: for the tags that must name it. */
export async function digestOf({ tags }: System, version: Version | undefined): Promise<string | undefined> {
  return version && tags?.digestOf(version)
}
