import { readExampleCode } from '../example-code.ts'

/** The repository that is rehearsed. */
export const code = readExampleCode('vps-systemd')
export const { root: exampleRoot, checkOut } = code

/** One of the example's services, with the values of its workflow and units. */
export interface Service {
  readonly name: string
  /** The id of the step that releases it. */
  readonly step: string
  readonly path: string
  readonly port: number
  /** The page that users and the team's smoke test request. */
  readonly page: string
  readonly production: Production
}

/** What a service has in production. */
export interface Production {
  readonly path: string
  /** The ports of its two slots. */
  readonly slots: readonly [string, string]
  /** The port on which nginx listens for it on each test host; a real nginx selects it by its name. */
  readonly front: number
  /** Whether its release changes the schema. */
  readonly migrates: boolean
  /** The migration that it needs to become ready, where the other service's release applies it. */
  readonly needs?: string
}

export const services: readonly Service[] = [
  {
    name: 'acme-api',
    step: 'api',
    path: '/srv/acme-api/qa',
    port: 5101,
    page: '/orders',
    production: {
      path: '/srv/acme-api/production',
      slots: ['5001', '5011'],
      front: 8001,
      migrates: true,
    },
  },
  {
    name: 'acme-worker',
    step: 'worker',
    path: '/srv/acme-worker/qa',
    port: 5102,
    page: '/jobs',
    production: {
      path: '/srv/acme-worker/production',
      slots: ['5002', '5012'],
      front: 8002,
      migrates: false,
      needs: '002_packed.sql',
    },
  },
]
