import type { Check } from '../report/model.ts'
import { clientCheck } from '../traffic-report.ts'
import { tagOf, type Version } from '../version.ts'
import { type ExpectedUnit, resultOf } from './expectation.ts'
import type { SeenUnit } from './inspect.ts'
import { goalProblems, jobProblems, unitProblems } from './problems.ts'
import type { Rehearsed, Run } from './run.ts'

/** What was promised for a run beside what was seen. */
export function checksOf(run: Run, { expected, runResult, seen, traffic }: Rehearsed): Check[] {
  const announced = run.old ? [run.old, run.version] : [run.version]
  const jobs = [...Map.groupBy(expected, ({ unit }) => unit.job)]
  return [
    {
      what: 'your workflow',
      promised: run.fault ? 'meets the fault' : 'ends as success and releases',
      seen: `ended as ${runResult.conclusion}`,
      problems: goalProblems(runResult, expected, run.fault !== undefined),
    },
    ...jobs.map(([job, units]) => jobCheck(job, units, runResult.jobs[job])),
    ...expected.flatMap((one, index) => {
      const found = seen[index]
      return found ? [unitCheck(one, found, announced)] : []
    }),
    ...traffic.map(({ url, report }) => clientCheck(url, report, announced, 'shown')),
  ]
}

type Jobs = Rehearsed['runResult']['jobs']

function jobCheck(path: string, units: readonly ExpectedUnit[], job: Jobs[string] | undefined): Check {
  const results = units.flatMap(({ rows }) => rows.map(({ result }) => result))
  const allowed = results.length > 0 ? [...new Set(results)] : ['unchanged']
  return {
    what: `the job ${path}`,
    promised: `result ${allowed.join(' or ')}`,
    seen: `${job?.conclusion ?? 'did not run'}, result ${job?.conclusion === 'lost' ? 'unknown' : resultOf(job)}`,
    problems: jobProblems(units, { jobs: job ? { [path]: job } : {} }),
  }
}

function unitCheck(one: ExpectedUnit, seen: SeenUnit, known: readonly Version[]): Check {
  const nameOf = (commit: string | undefined) => {
    const version = known.find(({ sha }) => commit && sha.startsWith(commit.slice(0, 12)))
    return version ? tagOf(version) : (commit ?? 'nothing')
  }
  return {
    what: one.unit.service,
    promised: `${one.version ? `every server and URL has ${tagOf(one.version)}` : 'no release'}, locks free`,
    seen: [
      ...seen.servers.map(
        ({ server, release, locked }) => `${server}: current is ${nameOf(release)}, lock ${locked ? 'held' : 'free'}`,
      ),
      ...seen.servers.flatMap(({ open }) => open.map((name) => `open: ${name}`)),
      ...seen.answers.map(({ url, text, version }) => `${url} ${version ? `reports ${nameOf(version)}` : text}`),
    ].join('; '),
    problems: unitProblems(one, seen),
  }
}
