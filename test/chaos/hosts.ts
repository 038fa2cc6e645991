import { type Fixture, type FixtureOptions, openFixture } from '../support/fixture.ts'

/** Hosts of a point. A run has ten thousand logins, and no promise depends on their key exchange: it is a quick one. */
export function openHosts(options: FixtureOptions = {}): Promise<Fixture> {
  return openFixture({ keyExchange: 'curve25519-sha256', ...options })
}
