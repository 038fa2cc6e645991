import { slotsCheck } from '../checks/slots.ts'
import type { Check } from '../report/model.ts'
import { namesOf, schemaProblems } from '../schema.ts'
import { clientCheck } from '../traffic-report.ts'
import type { ExpectedJob, ProductionRun } from './production-expectation.ts'
import { endProblems, jobProblems } from './production-verification.ts'
import type { ProductionRehearsed } from './rehearse-production.ts'
import { slotProblems } from './slots.ts'

/** What was promised for a run in production beside what was seen. */
export function productionChecks(run: ProductionRun, rehearsed: ProductionRehearsed): Check[] {
  const { expectation, expectedJobs, runResult, verification, trafficReports } = rehearsed
  const known = [run.version, ...Object.values(run.serving)]
  const jobOf = (name: string) => expectedJobs.find(({ service }) => service.name === name)
  return [
    {
      what: 'the run',
      promised: `ends as ${expectation.conclusion}`,
      seen: `ended as ${runResult.conclusion}`,
      problems: endProblems(expectation.conclusion, runResult.conclusion),
    },
    ...expectedJobs.map((job) => jobCheck(job, rehearsed)),
    ...verification.seen.flatMap((seen) => {
      const job = jobOf(seen.service.name)
      const what = `${seen.service.name} on ${seen.host.name}`
      return job ? [slotsCheck(what, job, seen, known, slotProblems(seen, job))] : []
    }),
    {
      what: 'the schema',
      promised: [...new Set(expectation.outcomes.map(({ schema }) => namesOf(schema).join(', ') || 'empty'))].join(
        '; or ',
      ),
      seen: verification.schema.join(', ') || 'empty',
      problems: schemaProblems(expectation.outcomes, verification.schema),
    },
    ...trafficReports.map(({ host, service, report }) =>
      clientCheck(`${service.name} on ${host.name}`, report, jobOf(service.name)?.announced ?? []),
    ),
  ]
}

function jobCheck(job: ExpectedJob, { runResult }: ProductionRehearsed): Check {
  const found = runResult.jobs[job.job]
  return {
    what: `the job ${job.job}`,
    promised: `${job.conclusion}, result ${job.promised?.result ?? 'unchanged'}`,
    seen: `${found?.conclusion ?? 'did not run'}, result ${found?.outputs[job.service.name] || 'none'}`,
    problems: jobProblems(job, found),
  }
}
