import { Failure } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import type { Service } from './api-objects.ts'
import { isId, type RenderInputs } from './inputs.ts'

/** A service as the workflow names it. */
export interface ResolvedService {
  readonly requestedName: string
  readonly service: Service
}

/** Finds all services. @throws Failure `service-missing` with every name that has no service, or more than one */
export async function resolveServices(
  client: ApiClient,
  { groups, owner }: Pick<RenderInputs, 'groups' | 'owner'>,
): Promise<ResolvedService[][]> {
  const wrong: string[] = []
  const found = await Promise.all(
    groups.map((group) =>
      Promise.all(
        group.map(async (requestedName) => {
          const services = isId(requestedName)
            ? [await client.service(requestedName)]
            : await client.services(requestedName, owner)
          const [service] = services
          if (service && services.length === 1) return [{ requestedName, service }]
          wrong.push(service ? ambiguousName(requestedName, services) : `${requestedName}: no service has this name`)
          return []
        }),
      ),
    ),
  )
  if (wrong.length > 0)
    throw new Failure(
      'service-missing',
      `Not every service was found; nothing was changed.\n${wrong.map((line) => `  - ${line}`).join('\n')}`,
      "give the names as Render's dashboard shows them, and owner-id if several workspaces have a service of the same name.",
    )
  const named = found.map((group) => group.flat())
  assertUnique(named.flat())
  return named
}

function ambiguousName(requestedName: string, services: readonly Service[]): string {
  return `${requestedName}: several services have this name: ${services.map(({ id, ownerId }) => `${id} of ${ownerId}`).join(' and ')}`
}

function assertUnique(named: readonly ResolvedService[]): void {
  const twice = named.find(({ service }, index) => named.findIndex((one) => one.service.id === service.id) !== index)
  if (twice)
    throw new Failure(
      'inputs',
      `services: names ${twice.service.name} twice, by its name and its id.`,
      'name it only once.',
    )
}
