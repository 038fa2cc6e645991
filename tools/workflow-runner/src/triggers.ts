import { UnsupportedWorkflow } from './unsupported-workflow.ts'
import { triggerOf, type Workflow } from './workflow.ts'

/** The filters of `on.push`, each patterns of names. */
interface PushFilters {
  branches?: string[]
  'branches-ignore'?: string[]
  tags?: string[]
  'tags-ignore'?: string[]
}

/** Refuses a push that would not start the workflow on GitHub. Filters of paths are not looked at. */
export function checkPush(workflow: Workflow, file: string, ref: string): void {
  const filters = triggerOf(workflow, 'push') as PushFilters | undefined
  if (!filters || startsBy(filters, ref)) return
  throw new UnsupportedWorkflow([`${file}: a push of ${ref} does not start it: on.push is ${JSON.stringify(filters)}`])
}

/** Whether a push of a ref starts a workflow. Filters of paths are not looked at. */
export function pushStarts(workflow: Workflow, ref: string): boolean {
  const filters = triggerOf(workflow, 'push') as PushFilters | undefined
  return filters !== undefined && startsBy(filters, ref)
}

/** Where only branches are named no tag starts it, and the other way round. */
export function startsBy(filters: PushFilters, ref: string): boolean {
  const [, name = ''] = /^refs\/(?:heads|tags)\/(.*)$/.exec(ref) ?? []
  const tag = ref.startsWith('refs/tags/')
  const [wanted, ignored] = tag
    ? [filters.tags, filters['tags-ignore']]
    : [filters.branches, filters['branches-ignore']]
  if (wanted) return matches(wanted, name)
  if (ignored) return !matches(ignored, name)
  const others = tag ? [filters.branches, filters['branches-ignore']] : [filters.tags, filters['tags-ignore']]
  return others.every((some) => some === undefined)
}

/** The last pattern that fits decides; one with `!` takes a name out again. */
function matches(patterns: string[], name: string): boolean {
  return patterns.reduce((matched, pattern) => {
    if (pattern.startsWith('!')) return matched && !expressionOf(pattern.slice(1)).test(name)
    return matched || expressionOf(pattern).test(name)
  }, false)
}

/** GitHub's filter patterns: `*` without slashes, `**` any, `?` and `+` as in regular expressions, `[]` a range. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.match(/\*\*|\*|\[[^\]]*\]|\\.|./g) ?? []
  const translated = parts.map((part) => {
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?' || part === '+' || part.startsWith('[')) return part
    return part.replace(/^\\/, '').replace(/[.(){}|^$\\/]/g, '\\$&')
  })
  return new RegExp(`^${translated.join('')}$`)
}
