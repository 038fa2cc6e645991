import type { TestHost } from '@belay/test-hosts'
import { waitFor } from '../support/fixture.ts'
import { base, blue, green } from '../support/slots.ts'
import type { HostPoint } from './host-points.ts'
import { takesConnection } from './oracle.ts'
import type { ProxyOnHost, Strike } from './struck.ts'

/** What a strike needs to know of its point. */
type Struck = Pick<HostPoint, 'fault' | 'step' | 'slots'>

/** Strikes one host. Throws where the fault found nothing to strike: then the point does not count. */
export async function strikeHost(point: Struck, host: TestHost, proxy?: ProxyOnHost): Promise<Strike> {
  switch (point.fault) {
    case 'kill the process':
    case 'kill the change':
    case 'kill both':
      return kill(point, host)
    case 'reboot':
      return reboot(point, host, proxy)
    case 'fill the disk':
      return fillDisk(host)
    case 'edit by hand':
      return edit(point, host, proxy)
    case 'second job':
      throw new Error('a second job is run by the job, not on a host')
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly args: readonly string[]
}

async function kill({ fault }: Struck, host: TestHost): Promise<Strike> {
  const all = await processesOf(host)
  // Its own process, and one for each change that is made or undone.
  const served = all.filter(
    ({ args }) => ['serve', 'change'].some((word) => args.includes(word)) && args.includes(base),
  )
  // The process of a confirmed switch waits for the end of retain; it is the older one, and without the lock.
  const roots = served.filter(({ parent }) => !served.some(({ pid }) => pid === parent))
  const [process] = roots.sort((a, b) => b.pid - a.pid)
  if (!process) throw new Error(`${host.name}: no process of a release runs in ${base}`)
  const changes = served.filter(({ parent }) => parent === process.pid)
  const change = changes.flatMap(({ pid }) => [pid, ...descendants(pid, all)])
  if (fault !== 'kill the process' && change.length === 0) throw new Error(`${host.name}: no change runs`)
  const doomed = [
    ...(fault === 'kill the change' ? [] : [process.pid]),
    ...(fault === 'kill the process' ? [] : change),
  ]
  // The process first: it would see its change end, and begin the undo.
  for (const pid of doomed) await host.kill(pid, 'SIGKILL')
  await waitFor(`${fault} on ${host.name}`, 30, async () => {
    const left = await processesOf(host)
    return !left.some(({ pid }) => doomed.includes(pid))
  })
  return { proof: `${host.name}: ${fault}: ${doomed.join(' ')}` }
}

function descendants(parent: number, all: readonly Process[]): number[] {
  return all.filter((one) => one.parent === parent).flatMap(({ pid }) => [pid, ...descendants(pid, all)])
}

async function processesOf(host: TestHost): Promise<Process[]> {
  const [{ stdout }, found] = await Promise.all([
    host.run(['sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null'], { user: 'root' }),
    host.processes(),
  ])
  // The name, in brackets, may hold anything.
  const parents = new Map(
    [...stdout.matchAll(/^(\d+) \(.*\) \S+ (\d+) /gm)].map(([, pid, parent]) => [Number(pid), Number(parent)]),
  )
  return found.map(({ pid, args }) => ({ pid, args, parent: parents.get(pid) ?? 0 }))
}

/**
 * All processes of the host die at once. Then its boot: the hook before anything is started, as the recovery unit
 * is ordered; what is linked; the proxy; sshd.
 */
export async function reboot(point: Pick<HostPoint, 'slots'>, host: TestHost, proxy?: ProxyOnHost): Promise<Strike> {
  proxy?.down()
  const signalAll = async (signal: string) => {
    const all = (await host.processes()).filter(isMortal)
    for (const { pid } of all) await host.kill(pid, signal)
    return all
  }
  // First all stand still: a machine that goes off leaves none of them the time to see another one die.
  await signalAll('SIGSTOP')
  const before = await signalAll('SIGSTOP')
  // On a busy machine one that was killed takes a moment to be gone.
  await waitFor(`${host.name} is off`, 30, async () => (await signalAll('SIGKILL')).length === 0)
  // A boot begins with an empty /run.
  const below = ['hold', 'held', 'roles'].map((name) => `/run/belay-test/${name}`)
  await host.run(['rm', '-f', ...below], { user: 'root' })
  // A proxy that stands elsewhere has nothing of deploy-ssh on its host.
  const scripts = ['deploy-ssh', 'blue-green-switch'].map((name) => `${base}/.belay/${name}.sh`)
  const present = await Promise.all(scripts.map((path) => host.exists(path)))
  const script = scripts.find((_, index) => present[index]) ?? ''
  const { status, stderr } = await host.run(['sh', script, 'recover'])
  if (status !== 0) throw new Error(`${host.name}: ${script} recover: status ${status}: ${stderr}`)
  await startServices(point, host)
  await proxy?.boot()
  await host.run(['/usr/sbin/sshd', '-E', '/var/log/sshd.log'], { user: 'root' })
  return { proof: `${host.name}: ${before.length} processes died` }
}

/** All but PID 1 and the `cat` that it waits for, with which the host of the test ends. */
const isMortal = ({ pid, args }: { pid: number; args: readonly string[] }) =>
  pid !== 1 && !(args[0] === 'cat' && args.length === 1)

/** What the machine's init starts: what is linked. The boot is over when all of it listens. */
async function startServices({ slots }: Pick<HostPoint, 'slots'>, host: TestHost): Promise<void> {
  const services = slots ? [blue, green].map((slot) => [slot, `slots/${slot}`]) : [['5101', 'current']]
  for (const [port = '', link = ''] of services) {
    await host.run(['/usr/local/bin/belay-test-restart', base, 'this-host', port, link])
    if (await host.linkTarget(`${base}/${link}`))
      await waitFor(`${link} of ${host.name} listens`, 20, () => takesConnection(host.address, Number(port)))
  }
}

async function fillDisk(host: TestHost): Promise<Strike> {
  const ballast = '/srv/ballast'
  const fill = `dd if=/dev/zero of=${ballast} bs=64k 2>/dev/null; dd if=/dev/zero of=${ballast}.2 bs=1k 2>/dev/null`
  await host.run(['sh', '-c', fill], { user: 'root' })
  const probe = await host.run(['sh', '-c', `echo x >${base}/.room`])
  if (probe.status === 0) throw new Error(`${host.name}: its disk still has room`)
  return {
    proof: `${host.name}: ${probe.stderr.trim()}`,
    repair: async () => void (await host.run(['rm', '-f', ballast, `${ballast}.2`, `${base}/.room`], { user: 'root' })),
  }
}

/** What a person changes: where `current` or the slot's link leads, or what the proxy does. */
async function edit(point: Struck, host: TestHost, proxy?: ProxyOnHost): Promise<Strike> {
  if (point.step === 'traffic') {
    if (!proxy) throw new Error('a point of the switch has a proxy')
    return proxy.edit()
  }
  const link = point.slots ? `${base}/slots/${green}` : `${base}/current`
  const was = await host.linkTarget(link)
  // The release that is there already, by its whole path: a text that Belay never writes.
  const older = (await host.run(['sh', '-c', `ls -d ${base}/releases/[0-9A-Za-z]* | head -n 1`])).stdout.trim()
  const put = ['ln', '-sfn', older, link]
  if ((await host.run(['mkdir', '-p', `${base}/slots`])).status !== 0) throw new Error(`${host.name}: no folder`)
  const { status, stderr } = await host.run(put)
  const is = await host.linkTarget(link)
  if (status !== 0 || is !== older || is === was)
    throw new Error(`${host.name}: ${link} is ${is}, was ${was}: ${stderr}`)
  return {
    proof: `${host.name}: ${link} was ${was}, is ${older}`,
    async expectKept() {
      const now = await host.linkTarget(link)
      if (now !== older) throw new Error(`${host.name}: ${link} was overwritten: ${now}, not ${older}`)
    },
    async repair() {
      if (was) await host.run(['ln', '-sfn', was, link])
      else await host.run(['rm', '-f', link])
    },
  }
}
