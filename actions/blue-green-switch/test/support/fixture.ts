import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHaproxy, startNginx, type TestHaproxy, type TestHost, type TestNginx } from '@belay/test-hosts'
import type { TestContext } from 'vitest'
import {
  type CompletedJob,
  type Fixture,
  type JobOptions,
  type JobStep,
  openFixture,
  shaOf,
} from '../../../../test/support/fixture.ts'
import { newestState } from '../../../../test/support/newest-state.ts'
import { proxyInputs } from '../../../../test/support/proxy-inputs.ts'
import { ask, startSlot, type TestSlot } from './slots.ts'

export const base = '/srv/shop/qa'

/** A host with a real proxy and two slots: blue serves v1 and has the traffic, green serves v2. */
export interface SwitchFixture {
  readonly fixture: Fixture
  readonly host: TestHost
  readonly proxy: TestNginx | TestHaproxy
  readonly blue: TestSlot
  readonly green: TestSlot
  readonly url: string
  step(inputs?: Record<string, string>, more?: JobStep): JobStep
  /** One job that switches to v2 and then does what `more` says. */
  job(inputs?: Record<string, string>, more?: JobStep[], options?: JobOptions): Promise<CompletedJob>
  /** The version that a new connection reaches: `v1`, `v2`, or what went wrong. */
  serves(): Promise<string>
  /** The newest state of a switch on the host. */
  state(): Promise<string>
}

/** The version of an answer; an answer that is none is returned as it is. */
export const named = (answer: string) => ['v1', 'v2'].find((version) => answer === shaOf(version)) ?? answer

export async function openSwitchFixture(
  context: Pick<TestContext, 'onTestFinished'>,
  driver: 'nginx' | 'haproxy',
  startWith = 'v2',
): Promise<SwitchFixture> {
  const fixture = await openFixture({ hosts: 1 })
  const [host] = fixture.hosts as [TestHost]
  const blue = await startSlot(host.address, shaOf('v1'))
  const green = await startSlot(host.address, shaOf(startWith))
  const proxy =
    driver === 'nginx'
      ? await startNginx(host, { slot: blue.port })
      : await startHaproxy(host, { slots: [blue.port, green.port] })
  await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', base], { user: 'root' })
  context.onTestFinished(async () => {
    await Promise.all([blue.stop(), green.stop()])
    await fixture.close()
  })
  const url = `http://${host.address}:${proxy.port}/`
  const step = (inputs = {}, more = {}): JobStep => ({
    id: 'switch',
    uses: '$/actions/blue-green-switch',
    ...more,
    with: {
      hosts: host.target,
      'ssh-key': fixture.privateKey,
      'known-hosts': host.knownHosts,
      service: 'shop',
      environment: 'qa',
      slots: `${blue.port} ${green.port}`,
      check: 'http://this-host:{slot}/health',
      'drain-timeout': '3s',
      'confirm-timeout': '60s',
      'lock-timeout': '30s',
      ...proxyInputs(proxy),
      ...inputs,
    },
  })
  return {
    fixture,
    host,
    proxy,
    blue,
    green,
    url,
    step,
    job: (inputs = {}, more = [], options = {}) => fixture.job('v2', [step(inputs), ...more], options),
    serves: async () => named(await ask(url).catch((error: Error) => error.message)),
    state: () => newestState(host, base),
  }
}

/** A folder of this machine that is gone after the test. */
export function temporary(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bg-'))
  mkdirSync(join(folder, 'path'))
  context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
