import type { ObservedClient } from '../report/clients.ts'
import type { Check } from '../report/model.ts'
import { clientCheck } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
import { announcedTo, endProblems, type Rehearsed, type Release } from './rehearse.ts'
import { resultOf } from './report.ts'
import { placeOf, problemsOf, type Seen } from './verification.ts'

/** What was promised for a release in QA beside what was seen. */
export function qaChecks(
  release: Release,
  { expectation, runResult, verification, trafficReports }: Rehearsed,
): Check[] {
  const known = release.old ? [release.version, release.old] : [release.version]
  return [
    {
      what: 'the run',
      promised: `ends as ${expectation.conclusion}, result ${expectation.result}`,
      seen: `ended as ${runResult.conclusion}, result ${resultOf(runResult)}`,
      problems: endProblems(expectation, runResult),
    },
    ...verification.seen.map((seen) => ({
      what: placeOf(seen),
      promised: seen.expected ? `serves ${tagOf(seen.expected)}, lock free` : 'nothing answers, no current, lock free',
      seen: seenText(seen, servedName([seen.sha], known), servedName([seen.content], known)),
      problems: problemsOf(seen),
    })),
    ...trafficReports.map((one) =>
      clientCheck(
        `${one.service.name} on ${one.host.name}`,
        one.report,
        announcedTo(one, expectation, release),
        'shown',
      ),
    ),
  ]
}

function seenText({ current, locked, open }: Seen, served = '', content = ''): string {
  return [
    served ? `serves ${served}` : 'nothing answers',
    ...(current === undefined
      ? ['no current']
      : content === served
        ? []
        : [`current is ${content || 'without a commit'}`]),
    `lock ${locked ? 'held' : 'free'}`,
    ...open.map((name) => `open: ${name}`),
  ].join(', ')
}

/** The users of a release. */
export function clientsOf({ trafficReports }: Pick<Rehearsed, 'trafficReports'>): ObservedClient[] {
  return trafficReports.map(({ host, service, report }) => ({
    service: service.name,
    where: `${service.name} on ${host.name}`,
    report,
  }))
}
