import { readExampleCode } from '../example-code.ts'
import { exampleSource, readExampleFacts } from '../repository/example-source.ts'
import type { Facts } from '../repository/repository.ts'
import { type Flow, flowOf } from '../repository/system.ts'

export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

/** The repository that is rehearsed. */
export const code = readExampleCode('vps-systemd')

let facts: Promise<Facts> | undefined

/** The workflow of an environment, and its services as the workflow and `rehearsal.yml` have them. */
export async function readFlow(environment: Environment): Promise<Flow> {
  facts ??= readExampleFacts(exampleSource('vps-systemd', code.checkOut))
  return flowOf(await facts, `${environment}.yml`)
}
