import type { Version } from '../version.ts'
import type { Stage } from './lab.ts'

/** Lets QA's workflow only build and push a version, as if it had proven it. */
export async function buildIn(stage: Stage, version: Version): Promise<void> {
  const { conclusion, jobs, runId } = await stage.build(version)
  if (conclusion !== 'success')
    throw new Error(`${version.name} could not be built:\n${jobs.build?.steps.map(({ log }) => log).join('\n')}`)
  await stage.prove(version, Number(runId))
}
