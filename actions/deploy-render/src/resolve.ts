import { Failure } from '@belay/action-kit'
import type { Client } from './client.ts'
import { isId, type RenderInputs } from './inputs.ts'
import type { Service } from './objects.ts'

/** A service as the workflow names it. */
export interface Named {
  readonly asked: string
  readonly service: Service
}

/** Finds all services. @throws Failure with every one that was not found, or that is not the only one of its name */
export async function resolveServices(
  client: Client,
  { groups, owner }: Pick<RenderInputs, 'groups' | 'owner'>,
): Promise<Named[][]> {
  const wrong: string[] = []
  const found = await Promise.all(
    groups.map((group) =>
      Promise.all(
        group.map(async (asked) => {
          const services = isId(asked) ? [await client.service(asked)] : await client.services(asked, owner)
          const [service] = services
          if (service && services.length === 1) return [{ asked, service }]
          wrong.push(service ? several(asked, services) : `${asked}: there is no service of this name`)
          return []
        }),
      ),
    ),
  )
  if (wrong.length > 0)
    throw new Failure(
      'service-missing',
      `Not every service was found; nothing was touched.\n${wrong.map((line) => `  - ${line}`).join('\n')}`,
      "give the names as Render's dashboard shows them, and owner-id where several workspaces have the same.",
    )
  const named = found.map((group) => group.flat())
  refuseTwice(named.flat())
  return named
}

function several(asked: string, services: readonly Service[]): string {
  return `${asked}: is the name of ${services.map(({ id, ownerId }) => `${id} of ${ownerId}`).join(' and ')}`
}

function refuseTwice(named: readonly Named[]): void {
  const twice = named.find(({ service }, index) => named.findIndex((one) => one.service.id === service.id) !== index)
  if (twice)
    throw new Failure('inputs', `services: names ${twice.service.name} twice, by its name and its id.`, 'name it once.')
}
