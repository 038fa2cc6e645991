import type { WorkflowRunResult } from '@belay/workflow-runner'
import type { Version } from '../version.ts'
import { type ExpectedUnit, resultOf } from './expectation.ts'
import type { SeenUnit } from './inspect.ts'

/** Of the log of a step that failed. */
const lastLines = 8

/** What a workflow must do that has no fault: end well, and release. `injected`: one was asked for. */
export function goalProblems(
  runResult: WorkflowRunResult,
  expected: readonly ExpectedUnit[],
  injected: boolean,
): string[] {
  if (injected) return []
  if (runResult.conclusion !== 'success') return [failureText(runResult)]
  return expected
    .filter(({ rows }) => rows.length === 0)
    .map(({ unit }) => `your workflow ended well, but did not release ${unit.service}: ${unit.deploy} did not run`)
}

function failureText({ conclusion, jobs }: WorkflowRunResult): string {
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  const failed = steps.find(({ outcome, stage }) => stage === 'main' && outcome === 'failure')
  const exit = failed?.end?.code ? ` (exit status ${failed.end.code})` : ''
  const where = failed ? ` at ${failed.path}${exit}` : ''
  const said = excerpt(failed?.log.split('\n') ?? []).map((line) => `\n    | ${line}`)
  return `your workflow ended as ${conclusion}${where}, without any fault; --verbose has its whole log${said.join('')}`
}

/** The end of a log; before it how a service failed, of the first server that says it: the error refers to these lines. */
function excerpt(log: readonly string[]): readonly string[] {
  const end = Math.max(0, log.length - lastLines)
  const start = log.findIndex((line) => line.startsWith('The last lines of the service on '))
  if (start < 0 || start >= end) return log.slice(end)
  const others = log.findIndex((line, index) => index > start && !line.startsWith('  '))
  const block = log.slice(start, Math.min(start + 1 + lastLines, others < 0 ? log.length : others, end))
  const isWhole = start + block.length === end
  return [...block, ...(isWhole ? [] : ['…']), ...log.slice(end)]
}

/** Where jobs did not report a result that is promised. The services of one job share its result. */
export function jobProblems(expected: readonly ExpectedUnit[], { jobs }: Pick<WorkflowRunResult, 'jobs'>): string[] {
  return [...Map.groupBy(expected, ({ unit }) => unit.job)].flatMap(([path, units]) => {
    const job = jobs[path]
    const said = resultOf(job)
    const rows = units.flatMap((unit) => unit.rows)
    const allowed = rows.length > 0 ? rows.map(({ result }) => result) : ['unchanged']
    // A lost runner reports nothing.
    if (job?.conclusion === 'lost' || allowed.includes(said)) return []
    return [`the result of ${path} must be ${[...new Set(allowed)].join(' or ')}, not ${said}`]
  })
}

/** Where a service is not as promised. */
export function unitProblems({ unit, version }: ExpectedUnit, { servers, answers }: SeenUnit): string[] {
  return [
    ...servers.flatMap(({ server, release, locked, open }) => [
      ...(release === version?.sha.slice(0, 12)
        ? []
        : [`${unit.service} on ${server} must be the release of ${nameOf(version)}, but is ${release ?? 'none'}`]),
      ...(locked ? [`the lock of ${unit.service} on ${server} is still held`] : []),
      ...open.map((name) => `${unit.service} on ${server} has a change that is neither confirmed nor undone: ${name}`),
    ]),
    ...answers.flatMap(({ url, text, version: seen }) =>
      seen === version?.sha ? [] : [`${url} must report ${nameOf(version)}, but ${seen ? `reports ${seen}` : text}`],
    ),
  ]
}

function nameOf(version: Version | undefined): string {
  return version ? `${version.name} (${version.sha.slice(0, 12)})` : 'nothing'
}
