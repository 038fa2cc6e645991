import type { Version } from '../version.ts'
import type { Lab } from './lab.ts'

/** Runs only the build of QA's workflow. Production then treats the version as one that QA has proven. */
export async function buildIn(lab: Lab, version: Version): Promise<void> {
  const { conclusion, jobs, runId } = await lab.build(version)
  if (conclusion !== 'success')
    throw new Error(`${version.name} could not be built:\n${jobs.build?.steps.map(({ log }) => log).join('\n')}`)
  lab.markProven(version, Number(runId))
}
