import type { Changes } from './facts.ts'
import type { Facts, Verdict } from './judge.ts'

/** Commits told one by one; the others are counted. */
const mostTold = 50

/** The plan as a section of the job summary: what is live, what would come, and what was judged. Pure. */
export function summaryOf(
  facts: Facts,
  verdict: Verdict,
  changes: Changes,
  place: { service: string; environment: string },
): string {
  const { asked, live } = facts
  const liveText = live ? named(live) : 'nothing that GitHub knows of'
  return [
    `### ${plain(place.service)} in ${plain(place.environment)}: ${headline(verdict)}`,
    `| | |\n|---|---|\n| live | ${liveText} |\n| asked for | ${named(asked)} |`,
    ...(verdict.is === 'go'
      ? [...verdict.warnings, ...verdict.notes].map((note) => `- ${plain(note)}`)
      : [plain(verdict.why)]),
    ...changelog('Comes', changes.comes),
    ...changelog('Goes', changes.goes),
  ].join('\n\n')
}

function headline(verdict: Verdict): string {
  if (verdict.is === 'go') return verdict.way === 'rollback' ? 'goes back' : 'may be released'
  return verdict.is === 'superseded' ? 'superseded' : `refused (\`${verdict.code}\`)`
}

function named({ version, sha }: { version: string; sha: string }): string {
  return version === sha ? `\`${sha.slice(0, 12)}\`` : `${plain(version)} (\`${sha.slice(0, 12)}\`)`
}

function changelog(title: string, { commits, total }: Changes['comes']): string[] {
  if (total === 0) return []
  const newest = commits.toReversed().slice(0, mostTold)
  const rows = newest.map(
    ({ sha, title, author }) => `- \`${sha.slice(0, 12)}\` ${plain(title, 120)} (${plain(author, 60)})`,
  )
  const rest = total - newest.length
  const lines = rest > 0 ? [...rows, `- … and ${rest} more`] : rows
  return [`**${title}: ${total} ${total === 1 ? 'commit' : 'commits'}**`, lines.join('\n')]
}

/** Anybody may write a commit's message: it must neither format nor mention nor link anything. */
export function plain(text: string, max = 400): string {
  const line = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  const cut = [...line].length > max ? `${[...line].slice(0, max - 1).join('')}…` : line
  return cut
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#>!@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
