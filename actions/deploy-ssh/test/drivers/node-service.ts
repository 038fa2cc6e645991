import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestHost } from '@belay/test-hosts'
import type { Fixture } from '../../../../test/support/fixture.ts'
import { base, releases, slots } from './contract.ts'

/** Writes the suite's releases of the test service on a host, each a folder. */
export async function writeReleases(fixture: Fixture, host: TestHost): Promise<void> {
  const lines = 'for (let number = 1; number <= 100; number++) console.log(`line ${number}`)\n'
  for (const release of releases) {
    const folder = await fixture.release('api', release, release === 'ends' ? { crash: 'start' } : {})
    const text = (name: string) => readFileSync(join(folder, name), 'utf8')
    await host.write(
      `${base}/releases/${release}/server.mjs`,
      `${release === 'ends' ? '' : lines}${text('server.mjs')}`,
    )
    await host.write(`${base}/releases/${release}/release.json`, text('release.json'))
  }
}

/** The process of the slot, if one runs. */
export async function processIn(host: TestHost): Promise<string> {
  const server = `${base}/slots/${slots[0]}/server.mjs`
  return (await host.processes()).flatMap(({ pid, args }) => (args[1] === server ? [pid] : [])).join(' ')
}
