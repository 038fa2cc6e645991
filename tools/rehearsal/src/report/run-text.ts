import { promisedResults, resultText } from '../checks/run.ts'
import type { ExpectedUnit } from '../expect/expectation.ts'
import { isOfCluster, pageOf, type TableName } from '../expect/tables.ts'
import { disruptionText } from '../fault.ts'
import type { Answer, SeenPlace, SeenSlots } from '../observe/place.ts'
import type { Rehearsed } from '../rehearse.ts'
import { knownVersions, nameOf, type Run } from '../scenario.ts'
import { sentenceOf } from '../sentence.ts'
import type { Times } from '../system.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf, type Version } from '../version.ts'

export function titleOf(run: Run): string {
  const { scenario, version, before, restores } = run
  const live = [...new Set(Object.values(before).flatMap((old) => (old ? [tagOf(old)] : [])))].sort()
  const over = live.length > 0 ? `over ${live.join(' and ')}` : 'first release'
  const to = scenario.prefix ? '' : ` to ${scenario.environment}`
  return `${scenario.prefix}${nameOf(run)} (${version.sha.slice(0, 7)})${to}: ${over}${restores ? ', after the lost runner' : ''}${disruptionText(run)}`
}

/** How a run with a fault differs from a user's run. */
export function notesOf({ fault, units }: Run, { confirm }: Times): string[] {
  return fault?.kind === 'loseRunner' && units.some(({ table }) => table !== 'render' && !isOfCluster(table))
    ? [`BELAY_CONFIRM_TIMEOUT is ${confirm}s, so that the hosts roll back soon.`]
    : []
}

/** What was promised and what was seen, as lines of the screen. */
export function verificationLines(run: Run, rehearsed: Rehearsed): string[] {
  const { expectation, runResult, seen, traffic, seconds } = rehearsed
  const jobs = [...new Set(run.units.map(({ job }) => job))]
  const [only = ''] = jobs
  const result = jobs.length === 1 ? `, its result is ${resultText(runResult.jobs[only])}` : ''
  const each = jobs.map((job) => {
    const found = runResult.jobs[job]
    return `  ${job.padEnd(22)} ${found?.conclusion ?? 'did not run'}, result ${resultText(found)}`
  })
  return [
    `Promised by ${[...new Set(run.units.map(({ table }) => pageOf(table)))].join(' and ')}`,
    ...expectation.units.map((unit) => `  ${unit.unit.service.padEnd(12)} ${promiseText(unit)}`),
    `Seen from outside: the run ended as ${runResult.conclusion}${result}`,
    ...(jobs.length > 1 ? each : []),
    ...seen.places.flatMap((place) => placeLines(place, knownVersions(run))).map((line) => `  ${line}`),
    ...(seen.database ? [`  schema: ${seen.database.applied.join(', ') || 'empty'}`] : []),
    ...(seen.tags ? [`  tags: ${tagsText(seen.tags)}`] : []),
    ...traffic.map(({ where, report }) => `  ${reportText(where, report)}`),
    ...(expectation.later ? [`  ${seconds.toFixed(0)} s after the end of the run`] : []),
  ]
}

const verbs: Readonly<Record<TableName, string>> = {
  promises: 'hosts serve',
  traffic: 'users get',
  elsewhere: 'users get',
  render: 'Render serves',
  kubernetes: 'users get',
  'kubernetes-slots': 'users get',
  'kubernetes-canary': 'users get',
  'kubernetes-rollback': 'users get',
}

/** `ended well | commit | all → committed, green, hosts serve new` */
export function promiseText({ unit, rows }: ExpectedUnit): string {
  const [row] = rows
  if (!row) return 'not reached: it stays unchanged'
  const mains = rows.map(({ main }) => main).join(', or ')
  const head = [mains, row.decision, row.confirm].filter(Boolean).join(' | ')
  const slot = row.slot ? `, the new slot ${row.slot}` : ''
  const schema = unit.steps.schema ? `, schema ${row.schema}` : ''
  return `${head} → ${promisedResults([{ rows }]).join(' or ')}, ${row.job}, ${verbs[unit.table]} ${row.serves}${slot}${schema}`
}

/** `host-1 acme-api     answers 4f0c1d7, current → releases/…, lock free` */
function placeLines(seen: SeenPlace, known: readonly Version[]): string[] {
  const { place, service, slots, answers, idle = [] } = seen
  const name = `${place ? `${place} ` : ''}${service.padEnd(12)}`
  if (slots) return [`${name} ${[slotsText(slots), ...stateText(seen)].join(', ')}`]
  const direct = answers.find(({ url }) => url === '')
  const said = direct ? [direct.sha === undefined ? 'nothing answers' : `answers ${direct.sha.slice(0, 7)}`] : []
  return [
    ...(direct || seen.current ? [`${name} ${[...said, ...currentText(seen), ...stateText(seen)].join(', ')}`] : []),
    ...answers.filter((one) => one !== direct).map((one) => `${one.url} ${answerText(one, known)}`),
    ...idle.map((one) => `${one.url} ${answerText(one, known)}, without traffic`),
  ]
}

function answerText({ sha, text = 'nothing answers' }: Answer, known: readonly Version[]): string {
  return sha === undefined ? text : `reports ${servedName([sha], known)}`
}

function currentText({ current }: SeenPlace): string[] {
  return current ? [current.link === undefined ? 'no current' : `current → ${current.link}`] : []
}

/** Where a service has a lock only while it is released, one is shown that is held. */
function stateText({ locked, current, slots }: SeenPlace): string[] {
  if (!current && !slots && locked.length === 0) return []
  return [`${slots ? 'locks' : 'lock'} ${locked.length > 0 ? 'held' : 'free'}`]
}

/** `traffic → 5001 (4f0c1d7, active), 5011 (stopped)` */
function slotsText({ routed, each }: SeenSlots): string {
  const texts = each.map(({ port, sha, role }) => {
    const what = sha === undefined ? 'stopped' : `${sha.slice(0, 7)}${role ? `, ${role}` : ''}`
    return `${routed.includes(port) ? 'traffic → ' : ''}${port} (${what})`
  })
  return texts.join(', ')
}

function tagsText(tags: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(tags)
    .map(([tag, digest]) => `${tag} → ${digest?.slice(7, 19) ?? 'nothing'}`)
    .join(', ')
}

/** What happened, in a sentence. */
export function sentenceFor(run: Run, { expectation, seen, traffic, seconds }: Rehearsed): string {
  const { version, back, before, fault, externalFailure, units, scenario, unchanged = [] } = run
  const known = knownVersions(run)
  // A service that keeps what it serves is no part of the release.
  const released = units.filter(({ service }) => before[service] !== version && !unchanged.includes(service))
  const sentence = sentenceOf({
    version: tagOf(version),
    back,
    fault,
    externalFailure,
    restarts: units.some(({ table }) => table === 'promises'),
    services: released.map(({ service }) => {
      const old = before[service]
      const places = seen.places.filter((place) => place.service === service && isServed(place))
      return { name: service, before: old && tagOf(old), after: servedName(places.flatMap(servedAt), known) }
    }),
    traffic,
    laterSeconds: expectation.later ? seconds : undefined,
  })
  return `${scenario.prefix || `${scenario.environment}: `}${sentence}`
}

/** Users of a server behind a proxy on another host are counted there. */
function isServed({ answers, current }: SeenPlace): boolean {
  return answers.length > 0 || current !== undefined
}

/** What stands for a place in a sentence: all that it reports, a canary too, else the release that is live there. */
function servedAt({ answers, current }: SeenPlace): (string | undefined)[] {
  return answers.length > 0 ? answers.map(({ sha }) => sha) : [current?.sha]
}

/** What is seen in a place. */
export function placeText(seen: SeenPlace, known: readonly Version[]): string {
  const { slots, answers, idle = [] } = seen
  const parts = slots
    ? slots.each.map((slot) => slotText(slot, slots.routed, known))
    : [
        ...answers.map((one) => `${one.url && `${one.url} `}${answerText(one, known)}`),
        ...idle.map((one) => `${one.url} ${answerText(one, known)}, without traffic`),
      ]
  return [...parts, ...releaseText(seen, known), ...stateText(seen), ...seen.open.map((name) => `open: ${name}`)].join(
    ', ',
  )
}

function slotText({ port, sha }: SeenSlots['each'][number], routed: readonly string[], known: readonly Version[]) {
  return `slot ${port}${routed.includes(port) ? ' with the traffic' : ''}: ${servedName([sha], known) ?? 'stopped'}`
}

/** The release behind `current`, where it is not what the service reports. */
function releaseText({ current, answers }: SeenPlace, known: readonly Version[]): string[] {
  if (!current) return []
  if (current.link === undefined) return ['no current']
  if (answers.some(({ sha }) => sha === current.sha)) return []
  return [`current is ${servedName([current.sha], known) ?? 'without a commit'}`]
}
