import { databaseProblems, namingProblems } from '../checks/database.ts'
import { goalProblems, promisedResults, resultProblems, resultText, wantedConclusion } from '../checks/run.ts'
import type { ExpectedUnit } from '../expect/expectation.ts'
import { namesOf } from '../expect/schema.ts'
import { whereOf } from '../observe/place.ts'
import { expectedAt, failuresOf, problemsAt, type Rehearsed } from '../rehearse.ts'
import { knownVersions, type Run } from '../scenario.ts'
import { clientCheck } from '../traffic-report.ts'
import { tagOf } from '../version.ts'
import type { Check } from './model.ts'
import { placeText } from './run-text.ts'

/** What was promised for a run beside what was seen. Pure. */
export function checksFor(run: Run, rehearsed: Rehearsed): Check[] {
  const { expectation, runResult, seen, traffic } = rehearsed
  const jobs = [...Map.groupBy(expectation.units, ({ unit }) => unit.job)]
  const known = knownVersions(run)
  return [
    {
      what: 'the run',
      promised: `ends as ${wantedConclusion(run)}`,
      seen: `ended as ${runResult.conclusion}`,
      problems: goalProblems(run, expectation, runResult, seen.database?.applied),
    },
    ...jobs.map(([path, units]) => {
      const job = runResult.jobs[path]
      return {
        what: `the job ${path}`,
        promised: `result ${promisedResults(units).join(' or ')}`,
        seen: `${job?.conclusion ?? 'did not run'}, result ${resultText(job)}`,
        problems: [...resultProblems({ units }, runResult), ...units.flatMap((unit) => namingProblems(unit, job))],
      }
    }),
    ...seen.places.map((place) => ({
      what: whereOf(place),
      promised: promisedText(expectedAt(place, expectation)),
      seen: placeText(place, known),
      problems: problemsAt(place, expectation),
    })),
    ...(seen.database
      ? [
          {
            what: 'the database',
            promised: `the schema is ${expectation.schemas.map((schema) => namesOf(schema).join(', ') || 'empty').join('; or ')}`,
            seen: seen.database.applied.join(', ') || 'empty',
            problems: databaseProblems(expectation, seen.database),
          },
        ]
      : []),
    ...traffic.map(({ service, where, report }) => {
      const expected = expectedAt({ service }, expectation)
      return clientCheck(where, report, expected.announced, failuresOf(expected))
    }),
  ]
}

function promisedText({ unit, version, share, idleStopped, staysOpen }: ExpectedUnit): string {
  if (unit.table === 'traffic' || unit.table === 'elsewhere') {
    const users = version ? `users get ${tagOf(version)}` : 'no slot answers'
    return `${users}${idleStopped ? ', the other slot is stopped' : ''}, locks free`
  }
  const canary = share ? `, a canary ${tagOf(share)}` : ''
  return `${version ? `serves ${tagOf(version)}` : 'nothing answers, no current'}${canary}, lock ${staysOpen ? 'held' : 'free'}`
}
