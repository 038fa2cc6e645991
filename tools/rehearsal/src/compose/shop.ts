import { readExampleCode } from '../example-code.ts'

export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

/** The repository that is rehearsed. */
export const code = readExampleCode('compose')
export const { root: exampleRoot, settings, externalFailures, checkOut, failing: failingVersion, migrationsOf } = code

/** The example's one service, with the values of its workflows and its Compose file. */
export const shop = {
  name: 'acme-shop',
  /** The ports of its two slots, and which line of `.env` holds the image of each. */
  slots: { '5006': 'APP_A_IMAGE', '5016': 'APP_B_IMAGE' },
  /** The team's folder on the server. */
  folder: '/srv/acme-shop/compose',
  /** The services of its Compose file that a release must not touch. */
  neighbours: ['db', 'cache', 'nginx'],
} as const

export type Slot = keyof typeof shop.slots
export const slots = Object.keys(shop.slots) as Slot[]

/** Where Belay keeps the releases of an environment. */
export function basePath(environment: Environment): string {
  return `/srv/${shop.name}/${environment}`
}
