import { canStartHosts, canStartProxy, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Chain, openChain } from '../chaos/chain.ts'
import { duringStep } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { blue, green } from '../support/slots.ts'

/** What the kernel would say of the boot's date had the clock been set by so many seconds; files keep the dates they have. */
async function setClock(host: TestHost, seconds: number): Promise<void> {
  const other = `awk '/^btime/ { $2 += ${seconds} } { print }' /proc/stat >/run/stat && mount --bind /run/stat /proc/stat`
  const { status, stderr } = await host.run(['sh', '-c', other], { user: 'root' })
  expect(status, stderr).toBe(0)
}

/** v1 and then v2 were released: v2 has the traffic, and Belay put nginx's file there. */
async function released(context: TestContext): Promise<Chain> {
  const chain = await openChain('nginx')
  context.onTestFinished(() => chain.close())
  for (const version of ['v1', 'v2']) {
    const completed = await chain.fixture.job(version, await chain.steps(version))
    expect(completed.belay, completed.log).toBe('committed')
  }
  return chain
}

const everywhere = async ({ fixture }: Chain, seconds: number) => {
  for (const host of fixture.hosts) await setClock(host, seconds)
}

describeIf(canStartHosts() ?? canStartProxy('nginx'))("a change of a host's clock", () => {
  test('back by an hour after a switch: the next release is filled and gets the traffic as usual', async (context) => {
    const chain = await released(context)
    await everywhere(chain, -3600)
    const next = await chain.fixture.job('v3', await chain.steps('v3'))
    expect(next.belay, next.log).toBe('committed')
    expect(await chain.users()).toEqual(['v3', 'v3'])
  })

  test('back by an hour while a release is armed: its switch and its fill are undone completely', async (context) => {
    const chain = await released(context)
    const [step, options] = duringStep(() => everywhere(chain, -3600), 'exit 1')
    const undone = await chain.fixture.job('v3', [...(await chain.steps('v3')), step], options)
    expect(undone.belay, undone.log).toBe('rolled-back')
    expect(await chain.users()).toEqual(['v2', 'v2'])
  })

  test('forward by an hour: a file that was edited by hand and never loaded changes no slot', async (context) => {
    const chain = await released(context)
    for (const host of chain.fixture.hosts)
      await host.run(['sed', '-i', `s/:${green}/:${blue}/`, '/srv/nginx/upstream/active.conf'])
    await everywhere(chain, 3600)
    const next = await chain.fixture.job('v3', await chain.steps('v3'))
    expect(next.log).toContain('was changed after nginx was last reloaded')
    // According to its file the slot with the traffic is the idle one: it would be filled.
    expect(await chain.users()).toEqual(['v2', 'v2'])
  })
})
