import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeBlock } from '@belay/action-kit'
import { type DroppedObject, type ObjectRef, refName, type WorkloadState } from '@belay/kubernetes'
import type { DeployContext, KubernetesStep } from './context.ts'
import { isUnchanged, type PlannedObject } from './plan.ts'

const shownCharacters = 30_000

/** What the release has no more, and who deletes it. */
type Dropped =
  | { readonly atCommit: readonly DroppedObject[]; readonly byHelm?: undefined }
  | { readonly byHelm: readonly ObjectRef[] }

function refsOf(dropped: Dropped): readonly ObjectRef[] {
  return dropped.byHelm ?? dropped.atCommit.map(({ ref }) => ref)
}

/** What would change, field by field, and what would be deleted. Of a Secret only that it changes. Pure. */
export function diffOf(planned: readonly PlannedObject[], dropped: Dropped): string {
  const changed = planned
    .filter((one) => !isUnchanged(one))
    .map(({ ref, before, changes }) => {
      if (!before) return `+ ${refName(ref)} is created`
      const lines = changes.map(({ path, before: old, after }) => {
        const isSecret = ref.kind === 'Secret' && /^\/(data|stringData)/.test(path)
        if (isSecret) return `    ${path}: changed`
        return `    ${path}: ${shown(old)} → ${shown(after)}`
      })
      return [`~ ${refName(ref)}`, ...lines].join('\n')
    })
  const when = dropped.byHelm ? 'by Helm' : 'once the release is committed'
  return [...changed, ...refsOf(dropped).map((ref) => `- ${refName(ref)} is deleted ${when}`)].join('\n')
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}

export function reportPlan(
  { step, inputs }: Pick<DeployContext, 'step' | 'inputs'>,
  planned: readonly PlannedObject[],
  dropped: Dropped,
): void {
  const objects = [
    ...planned.map((one) => ({ kind: one.ref.kind, name: one.ref.name, change: changeOf(one) })),
    ...refsOf(dropped).map(({ kind, name }) => ({ kind, name, change: 'pruned' })),
  ]
  step.output('objects', JSON.stringify(objects))
  const diff = diffOf(planned, dropped)
  const file = join(process.env.RUNNER_TEMP ?? '.', `${step.id}.diff`)
  writeFileSync(file, `${diff}\n`, { mode: 0o600 })
  step.output('diff', file)
  for (const { kind, name, change } of objects) step.info(`${refName({ kind, name })}: ${change}`)
  if (diff === '') return
  const text = diff.length > shownCharacters ? `${diff.slice(0, shownCharacters)}\n…` : diff
  step.summary(`${inputs.dryRun ? 'What a release would change' : 'Changes of objects'}:\n\n${codeBlock(text)}`)
}

function changeOf(one: PlannedObject): 'created' | 'changed' | 'unchanged' {
  if (one.before === undefined) return 'created'
  return isUnchanged(one) ? 'unchanged' : 'changed'
}

export function reportWorkloads(step: KubernetesStep, workloads: readonly WorkloadState[]): void {
  step.output('workloads', JSON.stringify(workloads))
  if (workloads.length === 0) return
  step.summary(
    [
      '| workload | new pods ready | old pods | seconds |',
      '|---|---|---|---|',
      ...workloads.map(
        ({ kind, name, ready, wanted, old, seconds }) =>
          `| ${refName({ kind, name })} | ${ready} of ${wanted} | ${old} | ${seconds} |`,
      ),
    ].join('\n'),
  )
}
