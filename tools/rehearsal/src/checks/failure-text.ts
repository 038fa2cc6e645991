import type { WorkflowRunResult } from '@belay/workflow-runner'

/** Of the log of a step that failed. */
const lastLines = 8

/** Where a workflow failed by itself, with the end of that step's log. Pure. */
export function failureText({ conclusion, jobs }: Pick<WorkflowRunResult, 'conclusion' | 'jobs'>): string {
  const { where, said } = failedStep(jobs) ?? { where: '', said: '' }
  return `your workflow ended as ${conclusion}${where && ` at ${where}`}, without any fault; --verbose has its whole log${said}`
}

/** The step at which a run failed: `release/shop/deploy-ssh (exit status 1)`, and the end of its log as further lines. Pure. */
export function failedStep(jobs: WorkflowRunResult['jobs']): { where: string; said: string } | undefined {
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  const failed = steps.find(({ outcome, stage }) => stage === 'main' && outcome === 'failure')
  if (!failed) return undefined
  const exit = failed.end?.code ? ` (exit status ${failed.end.code})` : ''
  const said = excerpt(failed.log.split('\n')).map((line) => `\n    | ${line}`)
  return { where: `${failed.path}${exit}`, said: said.join('') }
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
