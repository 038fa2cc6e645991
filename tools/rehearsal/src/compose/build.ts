import type { Version } from '../version.ts'
import type { Stage } from './lab.ts'

/** Runs only the build of QA's workflow. Production then treats the version as one that QA has proven. */
export async function buildIn(stage: Stage, version: Version): Promise<void> {
  const { conclusion, jobs, runId } = await stage.build(version)
  if (conclusion !== 'success')
    throw new Error(`${version.name} could not be built:\n${jobs.build?.steps.map(({ log }) => log).join('\n')}`)
  await stage.prove(version, Number(runId))
}
