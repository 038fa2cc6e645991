import type { Difference } from './compare.ts'

/** How act differs from GitHub's runner where our own does what GitHub's does. */
interface Known {
  readonly what: string
  /** Where act does it, in its source at the version of program.ts, and where GitHub's behaviour is verified. */
  readonly source: string
  matches(difference: Difference): boolean
}

/**
 * Every way in which a run under act may differ from the same run under our own runner. Anything else is a defect of one of
 * the two, or of Belay. Each test names those that it must see: one that act no longer has fails there.
 */
export const known = {
  'no-cancelled': {
    what: 'A step, a job and its result that are cancelled end as failure.',
    source: 'pkg/runner/step.go runStepExecutor, job_executor.go setJobResult; on-github.yml, way: cancelled',
    matches: ({ of, own, act }) => own === 'cancelled' && act === 'failure' && of !== 'run',
  },
  'nested-status': {
    what:
      'A post in a composite sees only how the steps of that composite ended. After a failure elsewhere in the job its job.status ' +
      'is success. It follows the decision of the first post, which was undo, and fails: the job must not end green.',
    source:
      'pkg/runner/action_composite.go newCompositeRunContext (StepResults of its own); expectations.ts, nested posts',
    matches: ({ of, own, act }) => isNestedPost(of) && own === 'success' && act === 'failure',
  },
  'nested-decision': {
    what:
      'For the same reason the first post, if it is in a composite, decides commit in a job whose later step failed. On GitHub it ' +
      'sees the failure, and everything is rolled back.',
    source: 'pkg/runner/action_composite.go newCompositeRunContext; expectations.ts, nested posts',
    matches: ({ of, own, act }) => of.startsWith('result of ') && own === 'rolled-back' && act === 'committed',
  },
} as const satisfies Record<string, Known>

export type KnownName = keyof typeof known

/** The known facts that explain differences, and those that none explains. Pure. */
export function explain(differences: readonly Difference[]): { known: KnownName[]; unexplained: Difference[] } {
  const names = Object.keys(known) as KnownName[]
  const seen = names.filter((name) => differences.some((difference) => known[name].matches(difference)))
  // Where act committed what our own runner rolled back, its servers serve the new version.
  const committed = seen.includes('nested-decision')
  const unexplained = differences.filter(
    (difference) =>
      !names.some((name) => known[name].matches(difference)) && !(committed && difference.of === 'servers'),
  )
  return { known: seen, unexplained }
}

/** `release/api/deploy-ssh post` */
function isNestedPost(of: string): boolean {
  return of.endsWith(' post') && of.split('/').length > 2
}
