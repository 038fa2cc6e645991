import type { TargetOutcome } from '@belay/action-kit'
import type { SavedJob } from './saved.ts'

/** What is known of the Job once it certainly does nothing more, or where that is not certain. */
export type JobEnd = 'not-created' | 'never-ran' | 'complete' | 'failed' | 'stopped' | 'not-gone' | 'unseen'

/** What is pending now; or why that is not known. */
export type Asked = { readonly pending: readonly string[] } | { readonly unknown: string }

type Conclusion = Pick<TargetOutcome, 'result' | 'detail' | 'stays'>

/** What an undo comes to: the schema stays as it is, and what is not known is not worded better. Pure. */
export function conclude(saved: SavedJob, end: JobEnd, asked: Asked): Conclusion {
  const { job, lease, stage } = saved
  if (stage === 'applied')
    return stays(
      saved.pending?.map(({ name }) => name),
      saved,
    )
  if (end === 'not-created') return { result: 'unchanged', detail: 'the Job was not created' }
  if (end === 'never-ran') return { result: 'unchanged', detail: `no container of job/${job} was started` }
  if (end === 'not-gone' || end === 'unseen') {
    const byHand = `kubectl delete job/${job} -n ${lease.namespace} --cascade=foreground`
    return {
      result: 'mixed',
      detail: `job/${job} may still change the schema: it was not seen to end. By hand: ${byHand}`,
    }
  }
  const { pending } = saved
  if (pending === undefined || 'unknown' in asked) {
    if (end === 'complete' && pending === undefined) return stays(undefined, saved)
    const why = 'unknown' in asked ? asked.unknown : ''
    const any =
      pending === undefined ? '' : ` Any of these may be applied: ${pending.map(({ name }) => name).join(', ')}.`
    return {
      result: 'mixed',
      detail: `job/${job} ${words[end]}, and what is applied could not be asked: ${why}.${any}`,
    }
  }
  const open = pending.filter(({ name }) => asked.pending.includes(name))
  const applied = pending.filter(({ name }) => !asked.pending.includes(name)).map(({ name }) => name)
  const [next] = open
  if (next && (end === 'stopped' || !next.transactional)) {
    const why =
      end === 'stopped'
        ? 'the database may still be at work for it'
        : 'by its file it is not certain that it is one transaction'
    const detail = `job/${job} ${words[end]}. ${next.name} may be applied in part: ${why}. ${describe(applied)}`
    return { result: 'mixed', detail }
  }
  if (applied.length === 0) return { result: 'unchanged', detail: `job/${job} ${words[end]}, and nothing was applied` }
  return stays(applied, saved)
}

const words = { complete: 'ended well', failed: 'failed', stopped: 'was stopped' } as const

function stays(applied: readonly string[] | undefined, { job }: SavedJob): Conclusion {
  const detail = applied
    ? describe(applied)
    : `the changes of job/${job} stay; without status-command Belay cannot know which these are`
  return { result: 'rolled-back', stays: true, detail }
}

function describe(applied: readonly string[]): string {
  if (applied.length === 0) return 'Nothing else was applied'
  const [stay, them] = applied.length === 1 ? ['stays', 'it'] : ['stay', 'them']
  return `${applied.join(', ')} ${stay} applied; the previous version works with ${them}, if it was an expand migration`
}
