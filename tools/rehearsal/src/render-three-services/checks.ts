import type { Check } from '../report/model.ts'
import { clientCheck } from '../traffic-report.ts'
import { servedName, tagOf, v1, v2 } from '../version.ts'
import type { Run } from './expectation.ts'
import { announcedBy, type Rehearsed } from './rehearse.ts'
import { services, v0 } from './services.ts'
import { endProblems, servingProblems } from './verification.ts'

/** What was promised for a run beside what was seen. */
export function checksOf(run: Run, rehearsed: Rehearsed, result: string): Check[] {
  const { expectation, runResult, verification, trafficReport } = rehearsed
  return [
    {
      what: 'the run',
      promised: `ends as ${expectation.conclusion}, result ${expectation.result ?? 'unknown'}`,
      seen: `ended as ${runResult.conclusion}, result ${result}`,
      problems: endProblems(expectation, runResult),
    },
    ...services.map((name) => ({
      what: name,
      promised: `serves ${tagOf(expectation.serving[name])}`,
      seen: servedText(servedName([verification.seen[name]], [v0, v1, v2])),
      problems: servingProblems(verification.seen, expectation, name),
    })),
    clientCheck('acme-api', trafficReport, announcedBy(run, expectation), 'shown'),
  ]
}

function servedText(name: string | undefined): string {
  return name ? `serves ${name}` : 'no healthy answer'
}
