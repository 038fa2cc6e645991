import type { SystemdHost } from '@belay/test-hosts'
import type { JobStep } from '../support/fixture.ts'
import { type Production, prepare, rootScript, type SlotLayout, versionAt, writeUnitAndSite } from './production.ts'

const place: SlotLayout = { service: 'worker', slots: [5206, 5216], front: 8206 }

/** A second service, of another repository, behind the same nginx on the same hosts. */
export interface SecondService {
  /** Fills its idle slot and moves its traffic. */
  steps(version: string, inputs?: Record<string, string>): Promise<JobStep[]>
  frontOf(host: SystemdHost): string
  /** What its users get on each host: `w1 w1`. */
  users(): Promise<string>
}

/** Prepares the hosts for it as for the first one: unit, site, and what `command: preflight` prints for root. */
export async function openSecondService(production: Production): Promise<SecondService> {
  const { service, front } = place
  const slots = { slots: place.slots.join(' ') }
  const inputs = {
    ...slots,
    restart: `systemd:${service}-qa@{slot}`,
    check: 'http://this-host:{slot}/health',
    'check-timeout': '60s',
  }
  await Promise.all(production.hosts.map((host) => writeUnitAndSite(host, place)))
  const preflight = production.deploy(service, '', { ...inputs, version: 'w0', command: 'preflight' })
  const script = await rootScript(production, preflight)
  await Promise.all(production.hosts.map((host) => prepare(host, script, place)))
  const frontOf = (host: SystemdHost) => `http://${host.address}:${front}/health`
  return {
    frontOf,
    async steps(version, more = {}) {
      const source = await production.release(service, version)
      const traffic = production.switchTo(version, { ...slots, ...more, service })
      return [production.deploy(service, source, { ...inputs, ...more, version }), traffic]
    },
    async users() {
      return (await Promise.all(production.hosts.map((host) => versionAt(frontOf(host))))).join(' ')
    },
  }
}
