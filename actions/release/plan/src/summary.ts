import type { AdmissionFacts, PolicyDecision } from './admission-policy.ts'
import type { Changes } from './facts.ts'

/** Commits that are listed; the others are counted. */
const maxListed = 50

/** The plan as a section of the job summary: what is live, which commits change, and the decision. Pure. */
export function summaryOf(
  facts: AdmissionFacts,
  admission: PolicyDecision,
  changes: Changes,
  place: { service: string; environment: string },
): string {
  const { requested, live } = facts
  const liveText = live ? versionText(live) : 'no release that GitHub knows of'
  return [
    `### ${plain(place.service)} in ${plain(place.environment)}: ${headline(admission)}`,
    `| | |\n|---|---|\n| live | ${liveText} |\n| requested | ${versionText(requested)} |`,
    ...(admission.is === 'go'
      ? [...admission.warnings, ...admission.notes].map((note) => `- ${plain(note)}`)
      : [plain(admission.why)]),
    ...changelog('Added', changes.comes),
    ...changelog('Removed', changes.goes),
  ].join('\n\n')
}

function headline(admission: PolicyDecision): string {
  if (admission.is === 'go') return admission.way === 'rollback' ? 'rolls back' : 'may be released'
  return admission.is === 'superseded' ? 'superseded' : `refused (\`${admission.code}\`)`
}

function versionText({ version, sha }: { version: string; sha: string }): string {
  return version === sha ? `\`${sha.slice(0, 12)}\`` : `${plain(version)} (\`${sha.slice(0, 12)}\`)`
}

function changelog(title: string, { commits, total }: Changes['comes']): string[] {
  if (total === 0) return []
  const newest = commits.toReversed().slice(0, maxListed)
  const rows = newest.map(
    ({ sha, title, author }) => `- \`${sha.slice(0, 12)}\` ${plain(title, 120)} (${plain(author, 60)})`,
  )
  const rest = total - newest.length
  const lines = rest > 0 ? [...rows, `- … and ${rest} more`] : rows
  return [`**${title}: ${total} ${total === 1 ? 'commit' : 'commits'}**`, lines.join('\n')]
}

/** A commit's message is untrusted text: it must neither format nor mention nor link anything. */
export function plain(text: string, max = 400): string {
  const line = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  const cut = [...line].length > max ? `${[...line].slice(0, max - 1).join('')}…` : line
  return cut
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#>!@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
