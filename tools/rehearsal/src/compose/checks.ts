import type { ObservedClient } from '../report/clients.ts'
import type { Check } from '../report/model.ts'
import { namesOf, schemaProblems } from '../schema.ts'
import { clientCheck } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
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
  const slots = seen.slots.map(({ port, sha }) => {
    const traffic = seen.routed.includes(port) ? ' with the traffic' : ''
    return `slot ${port}${traffic}: ${servedName([sha], known) ?? 'stopped'}`
  })
  const users = expectation.version ? `users get ${tagOf(expectation.version)}` : 'no slot answers'
  return [
    {
      what: 'the run',
      promised: `ends as ${expectation.conclusion}, result ${expectation.promised?.result ?? 'unchanged'}`,
      seen: `ended as ${runResult.conclusion}, result ${resultOf(runResult)}`,
      problems: runProblems(expectation, seen, run.schema, runResult),
    },
    {
      what: `${shop.name} on shop-${run.environment}`,
      promised: `${users}${expectation.idleStopped ? ', the other slot is stopped' : ''}, locks free`,
      seen: [...slots, `locks ${seen.locked.length > 0 ? 'held' : 'free'}`, ...seen.open].join(', '),
      problems: serverProblems,
    },
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
