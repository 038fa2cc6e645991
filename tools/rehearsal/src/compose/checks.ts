import { slotsCheck } from '../checks/slots.ts'
import type { ObservedClient } from '../report/clients.ts'
import type { Check } from '../report/model.ts'
import { namesOf, schemaProblems } from '../schema.ts'
import { clientCheck } from '../traffic-report.ts'
import type { Run } from './expectation.ts'
import type { Rehearsed } from './rehearse.ts'
import { resultOf } from './report.ts'
import { shop } from './shop.ts'
import { runProblems } from './verification.ts'

/** What was promised for a run beside what was seen. */
export function checksOf(run: Run, { expectation, runResult, verification, trafficReport }: Rehearsed): Check[] {
  const { version, old } = run
  const known = old ? [version, old] : [version]
  const { seen, serverProblems } = verification
  return [
    {
      what: 'the run',
      promised: `ends as ${expectation.conclusion}, result ${expectation.promised?.result ?? 'unchanged'}`,
      seen: `ended as ${runResult.conclusion}, result ${resultOf(runResult)}`,
      problems: runProblems(expectation, seen, run.schema, runResult),
    },
    slotsCheck(`${shop.name} on shop-${run.environment}`, expectation, seen, known, serverProblems),
    {
      what: 'the schema',
      promised: namesOf(expectation.schema).join(', ') || 'empty',
      seen: seen.schema.join(', ') || 'empty',
      problems: schemaProblems([expectation], seen.schema),
    },
    ...(trafficReport ? [clientCheck(shop.name, trafficReport, expectation.announced)] : []),
  ]
}

/** The users of a release; a first one has none. */
export function clientsOf({ trafficReport }: Rehearsed): ObservedClient[] {
  return trafficReport ? [{ service: shop.name, where: shop.name, report: trafficReport }] : []
}
