import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Belay's own checkout. */
export const belayRoot = join(import.meta.dirname, '../../..')

/** The repository that is rehearsed. */
export const exampleRoot = join(belayRoot, 'examples/vps-systemd')

/** One of the example's services, as its workflow and units say it. */
export interface Service {
  readonly name: string
  /** The id of the step that releases it. */
  readonly step: string
  readonly path: string
  readonly unit: string
  readonly port: number
  /** What the team's smoke test asks for. */
  readonly page: string
}

export const services: readonly Service[] = [
  {
    name: 'acme-api',
    step: 'api',
    path: '/srv/acme-api/qa',
    unit: 'acme-api-qa.service',
    port: 5101,
    page: '/orders',
  },
  {
    name: 'acme-worker',
    step: 'worker',
    path: '/srv/acme-worker/qa',
    unit: 'acme-worker-qa.service',
    port: 5102,
    page: '/jobs',
  },
]

/** A commit of the example's repository. */
export interface Version {
  readonly name: 'v1' | 'v2'
  readonly sha: string
  readonly number: string
}

export const v1: Version = { name: 'v1', sha: '4f0c1d7e92b35a6884d1e0f7c3b2a59614d8e7f0', number: '1.0.0' }
export const v2: Version = { name: 'v2', sha: 'b83e5a20c7d94f1663a8b5e2f09d7c4185e6a3d2', number: '1.1.0' }

/** Copies the example as it was at a version into an empty folder. */
export function checkOut(version: Version, folder: string): void {
  cpSync(exampleRoot, folder, { recursive: true })
  writeFileSync(join(folder, 'VERSION'), `${version.number}\n`)
}

export function workflowPath(root: string, name = 'qa.yml'): string {
  return join(root, '.github/workflows', name)
}

/** A unit file of the example. */
export function unitText(service: Service): string {
  return readFileSync(join(exampleRoot, 'systemd', service.unit), 'utf8')
}
