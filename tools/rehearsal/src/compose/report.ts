import { disruptionText } from '../fault.ts'
import { sentenceOf } from '../sentence.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf } from '../version.ts'
import type { Run } from './expectation.ts'
import type { Lab } from './lab.ts'
import { confirmTimeout, type Rehearsed } from './rehearse.ts'
import { shop } from './shop.ts'

/** Which servers run where, and what is faked. */
export function labLines({ registry }: Lab, environments: readonly string[]): string[] {
  return [
    `Servers   ${environments.map((name) => `shop-${name}`).join(' and ')}: each with an sshd, a network and a Docker of its own; on it Compose runs`,
    '          the example, PostgreSQL, Redis and nginx with TLS; users come through nginx on fresh connections',
    `Registry  a real one on ${registry.address}, with a password; the runner has a Docker of its own`,
    'Fakes     images, made on this machine, because none is pulled: postgres:15, redis:7 and nginx:1 are Debian 12 with',
    '          its own servers, node:24 is the Node.js that runs this command.',
    "          The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
  ]
}

export function titleOf(run: Run): string {
  const { environment, version, back, old } = run
  const name = back ? 'previous' : environment === 'qa' ? version.name : tagOf(version)
  const over = old ? `over ${old.name}` : 'first release'
  return `${name} (${version.sha.slice(0, 7)}) to ${environment}: ${over}${disruptionText(run)}`
}

/** How a run with a fault differs from a user's run. */
export function notesOf({ fault }: Run): string[] {
  return fault?.kind === 'loseRunner'
    ? [`BELAY_CONFIRM_TIMEOUT is ${confirmTimeout}s, so that the server rolls back soon.`]
    : []
}

/** What was promised and what was seen. */
export function verificationLines({ expectation, runResult, verification, trafficReport }: Rehearsed): string[] {
  const { promised, later } = expectation
  const { seen, tags } = verification
  const slots = seen.slots.map(({ port, sha, role }) => {
    const what = sha === undefined ? 'stopped' : `${sha.slice(0, 7)}${role ? `, ${role}` : ''}`
    return `${seen.routed.includes(port) ? 'traffic → ' : ''}${port} (${what})`
  })
  const named = Object.entries(tags).map(([tag, digest]) => `${tag} → ${digest?.slice(7, 19) ?? 'nothing'}`)
  return [
    'Promised by docs/decisions/transaction.md',
    promised
      ? `  ${promised.main} | ${promised.decision} → ${promised.result}, ${promised.job}, users get ${promised.users}, the new slot ${promised.slot}, schema ${promised.schema}`
      : '  no changing step is reached: everything stays as it was',
    `Seen from outside: the run ended as ${runResult.conclusion}, its result is ${resultOf(runResult)}`,
    `  ${slots.join(', ')}, locks ${seen.locked.length > 0 ? 'held' : 'free'}`,
    `  schema: ${seen.schema.join(', ') || 'empty'}; tags: ${named.join(', ')}`,
    ...(trafficReport ? [`  ${reportText(shop.name, trafficReport)}`] : []),
    ...(later ? [`  ${verification.seconds.toFixed(0)} s after the end of the run`] : []),
  ]
}

/** What happened, in a sentence. */
export function sentenceFor(run: Run, { expectation, verification, trafficReport }: Rehearsed): string {
  const { version, old, back, fault, externalFailure } = run
  const after = servedName([verification.seen.served], old ? [version, old] : [version])
  return sentenceOf({
    version: tagOf(version),
    back,
    fault,
    externalFailure,
    services: [{ name: shop.name, before: old && tagOf(old), after }],
    traffic: trafficReport ? [{ service: shop.name, report: trafficReport }] : [],
    laterSeconds: expectation.later ? verification.seconds : undefined,
  })
}

/** The job's result as a reader of the run finds it: a lost runner could not write one. */
export function resultOf({ conclusion, jobs }: Rehearsed['runResult']): string {
  return jobs.release?.outputs.result || (conclusion === 'lost' ? 'unknown' : 'none')
}
