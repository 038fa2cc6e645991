import type { Confirmer } from './decision.ts'
import type { Journal } from './journal.ts'
import type { ArmedTarget } from './targets.ts'

/**
 * What asks and confirms armed targets, by the kind of their handles; each with the secrets of the step whose post it is.
 * It is made where a target of its kind is asked, so that the others load no code for it.
 */
export type Confirmers = Readonly<
  Record<string, (step: { readonly journal: Journal }) => Confirmer | Promise<Confirmer>>
>

/**
 * All kinds as one. A target of a kind that this action does not know counts as missing, so that the job is undone; where
 * it is decided already, as not confirmed.
 */
export function confirmerOf(confirmers: Confirmers, step: { readonly journal: Journal }): Confirmer {
  const ofKind = async (kind: string): Promise<Confirmer> => {
    const make = Object.hasOwn(confirmers, kind) ? confirmers[kind] : undefined
    return make ? make(step) : unknownKind(kind)
  }
  const onEach = async <R>(
    targets: readonly ArmedTarget[],
    act: (confirmer: Confirmer, targets: readonly ArmedTarget[]) => Promise<R[]>,
  ): Promise<R[]> => {
    const kinds = Map.groupBy(targets, ({ handle }) => handle.kind)
    const results = [...kinds].map(async ([kind, some]) => act(await ofKind(kind), some))
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
