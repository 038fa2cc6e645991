import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { belayRoot, exampleFolder } from '../paths.ts'
import { type Version, v2 } from '../version.ts'

/** The repository that is rehearsed. */
export const exampleRoot = exampleFolder('vps-systemd')

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

/**
 * Copies the example at a version into an empty folder. It uses the packages that Belay itself has installed: nothing is
 * downloaded.
 */
export function checkOut(version: Version, folder: string): void {
  cpSync(exampleRoot, folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
  symlinkSync(join(belayRoot, 'node_modules'), join(folder, 'node_modules'))
  for (const name of migrationsOf(v2)) if (!migrationsOf(version).includes(name)) rmSync(join(folder, migrations, name))
  writeFileSync(join(folder, 'VERSION'), `${version.number}\n`)
}

/** A version for every service, by their names. */
export function allServe(version: Version): Record<string, Version> {
  return Object.fromEntries(services.map(({ name }) => [name, version]))
}

/** Every service before its first release. */
export function neverServed(): Record<string, undefined> {
  return Object.fromEntries(services.map(({ name }) => [name, undefined]))
}

const migrations = 'migrations'

/** The files of the migrations that a version was built with, in their order: v2 brought the last one. */
export function migrationsOf(version: Version): string[] {
  const all = readdirSync(join(exampleRoot, migrations))
    .filter((name) => !name.endsWith('.down.sql'))
    .sort()
  return version === v2 ? all : all.slice(0, -1)
}

/** Whether a migration is always applied completely or not at all, also when it is interrupted. */
export function isTransaction(name: string): boolean {
  return !/^-- belay: no-transaction$/m.test(readFileSync(join(exampleRoot, migrations, name), 'utf8'))
}
