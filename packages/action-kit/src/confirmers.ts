import type { Confirmer } from './decision.ts'
import type { Journal } from './journal.ts'
import type { ArmedTarget } from './targets.ts'

/** What asks and confirms armed targets, by the kind of their handles; each with the secrets of the step whose post it is. */
export type Confirmers = Readonly<Record<string, (step: { readonly journal: Journal }) => Confirmer>>

/**
 * All kinds as one. A target of a kind that this action does not know counts as missing, so that the job is undone; where
 * it is decided already, as not confirmed.
 */
export function confirmerOf(confirmers: Confirmers, step: { readonly journal: Journal }): Confirmer {
  const made = new Map(Object.entries(confirmers).map(([kind, make]) => [kind, make(step)]))
  const onEach = async <R>(
    targets: readonly ArmedTarget[],
    act: (confirmer: Confirmer, targets: readonly ArmedTarget[]) => Promise<R[]>,
  ): Promise<R[]> => {
    const kinds = Map.groupBy(targets, ({ handle }) => handle.kind)
    const results = [...kinds].map(([kind, some]) => act(made.get(kind) ?? unknownKind(kind), some))
    return (await Promise.all(results)).flat()
  }
  return {
    missing: (targets) => onEach(targets, (confirmer, some) => confirmer.missing(some)),
    confirm: (targets) => onEach(targets, (confirmer, some) => confirmer.confirm(some)),
  }
}

function unknownKind(kind: string): Confirmer {
  const why = `this action cannot ask a target of the kind "${kind}"; use one version of Belay in all steps of a job`
  return {
    missing: async (targets) => targets.map(({ name }) => ({ target: name, why })),
    confirm: async (targets) =>
      targets.map(({ name, service }) => ({ target: name, service, result: 'mixed', detail: `not confirmed: ${why}` })),
  }
}
