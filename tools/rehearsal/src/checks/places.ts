import type { ExpectedUnit } from '../expect/expectation.ts'
import { type Answer, type SeenPlace, type SeenSlots, whereOf } from '../observe/place.ts'
import type { Version } from '../version.ts'

type Expected = Pick<ExpectedUnit, 'version' | 'share' | 'idleStopped' | 'staysOpen'>

/** Where a service in one place is not as promised. Pure. */
export function placeProblems(seen: SeenPlace, expected: Expected): string[] {
  const { version, share } = expected
  const where = whereOf(seen)
  const served = seen.slots
    ? slotProblems(seen, seen.slots, expected)
    : version
      ? servingProblems(seen, version, share)
      : [...emptyProblems(seen), ...(expected.staysOpen ? [] : leftProblems(seen))]
  if (expected.staysOpen)
    return [
      ...served,
      ...(seen.locked.length > 0 ? [] : [`the lock of ${where} must be held until the next release`]),
      ...(seen.open.length > 0 ? [] : [`${where} must keep what undoes the release until the next one`]),
    ]
  return [
    ...served,
    ...seen.locked.map(() => `the lock of ${where} is still held`),
    ...seen.open.map((name) => `${where} still has a change that is neither confirmed nor undone: ${name}`),
  ]
}

function servingProblems(seen: SeenPlace, version: Version, share: Version | undefined): string[] {
  const { answers, current } = seen
  const where = whereOf(seen)
  // Users get it by connection.
  const isShare = ({ url, sha }: Answer) => sha === share?.sha && (url === '' || url.includes('-canary'))
  return [
    ...answers
      .filter((answer) => answer.sha !== version.sha && !(share && isShare(answer)))
      .map(({ url, sha, text }) => `${url || where} must report ${version.sha}, but ${isText(sha, text)}`),
    ...(!current || current.sha === version.sha
      ? []
      : [
          `the release behind current of ${where} (${current.link ?? 'none'}) must be ${version.sha}, but is ${current.sha ?? 'missing'}`,
        ]),
  ]
}

function emptyProblems(seen: SeenPlace): string[] {
  const { answers, current } = seen
  const where = whereOf(seen)
  return [
    ...answers
      .filter(({ sha }) => sha !== undefined)
      .map(({ url, sha }) => `${url || where} must not answer, but answers ${sha}`),
    ...(current?.link === undefined ? [] : [`${where} must have no current link, but it points to ${current.link}`]),
  ]
}

/** Where nothing was released before, no slot may keep what was undone. */
function leftProblems({ idle = [] }: SeenPlace): string[] {
  return idle.map(({ url }) => `${url} must be gone`)
}

function isText(sha: string | undefined, text = 'nothing answers'): string {
  return sha ? `is ${sha}` : text
}

function slotProblems(seen: SeenPlace, slots: SeenSlots, { version, idleStopped }: Expected): string[] {
  const where = whereOf(seen)
  const { routed, each } = slots
  const [port] = routed
  const route = routed.length === 1 ? [] : [`the proxy must route ${where} to one slot, not "${routed.join(' ')}"`]
  if (!version) {
    const answering = each.filter(({ sha }) => sha !== undefined)
    return [
      ...route,
      ...answering.map((slot) => `slot ${slot.port} of ${where} must not answer, but answers ${slot.sha}`),
    ]
  }
  const active = each.find((slot) => slot.port === port)
  const is = (what: string, sha: string | undefined) =>
    sha === version.sha ? [] : [`${what} must be ${version.sha}, but ${isText(sha)}`]
  return [
    ...route,
    ...seen.answers.flatMap(({ sha }) => is(`what users of ${where} get`, sha)),
    ...is(`slot ${port} of ${where}, which has the traffic,`, active?.sha),
    ...is(`the release of slot ${port} of ${where}, by its link or image,`, active?.content),
    ...(active?.role === 'active'
      ? []
      : [`slot ${port} of ${where} has the traffic, but its state file says ${active?.role ?? 'nothing'}`]),
    ...each.flatMap((slot) => (slot === active ? [] : idleProblems(where, slot, idleStopped))),
  ]
}

function idleProblems(where: string, { port, sha, role }: SeenSlots['each'][number], stopped: boolean): string[] {
  return [
    ...(role === 'active' ? [`slot ${port} of ${where} has no traffic, but its state file says active`] : []),
    ...(stopped && sha !== undefined ? [`slot ${port} of ${where} must be stopped, but answers ${sha}`] : []),
  ]
}
