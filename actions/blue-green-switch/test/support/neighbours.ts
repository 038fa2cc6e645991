import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quoteWords, switchState } from '@belay/host'
import type { SwitchValues } from '@belay/host/protocol'
import { freePort, startNginx, type TestNginx } from '@belay/test-hosts'
import type { TestContext } from 'vitest'
import { waitFor } from '../../../../test/support/fixture.ts'
import { script } from '../../src/script.ts'
import { type Base, baseOf, killServing } from './bases.ts'
import { temporary } from './fixture.ts'
import { ask, startSlot, type TestSlot } from './slots.ts'

/** A service of a repository of its own; its slots answer with their colours, and blue has the traffic at first. */
export interface Neighbour {
  readonly traffic: Base
  readonly url: string
  readonly upstream: string
  serves(): Promise<string>
  /** Begins a release that is to move the traffic to the slot of this colour, as soon as the one before it has ended. */
  hold(id: string, colour: string, facts?: Partial<SwitchValues>): Promise<void>
  /** A release that moves the traffic to the slot of this colour, as far as `armed`. */
  move(id: string, colour: string, facts?: Partial<SwitchValues>): ReturnType<Base['arm']>
  /** kill -9 of every process that serves a release of it. */
  kill(): Promise<void>
}

/** Two services behind one nginx. */
export interface Neighbours {
  readonly nginx: TestNginx
  readonly one: Neighbour
  readonly two: Neighbour
  /** What nginx was asked for, oldest first: `one validate`, `two reload`. */
  calls(): string[]
  /** From here on `validate` of this service hangs, until it is let go, or for a minute; `hanging` is its process. */
  hang(name: 'one' | 'two'): { hanging(): string | undefined; letGo(): void }
  /** Another user changes this proxy, until it is ended. */
  holdLock(): Promise<{ end(): Promise<void> }>
}

/** The state of its last move. */
export function newest({ traffic }: Neighbour): string | undefined {
  return traffic.states().split(' ').at(-1)
}

/** Any user may hold it. */
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

export async function openNeighbours(context: TestContext): Promise<Neighbours> {
  const folder = temporary(context)
  const log = join(folder, 'calls')
  writeFileSync(log, '')
  const slots = await Promise.all(['blue', 'green', 'blue', 'green'].map((colour) => startSlot('127.0.0.1', colour)))
  const [blue, green, otherBlue, otherGreen] = slots as [TestSlot, TestSlot, TestSlot, TestSlot]
  const nginx = await startNginx(undefined, { slot: blue.port })
  const paths = { one: join(folder, 'one'), two: join(folder, 'two') }
  context.onTestFinished(async () => {
    await Promise.all(Object.values(paths).map((path) => killServing(path)))
    await Promise.all([nginx.stop(), ...slots.map((slot) => slot.stop())])
  })
  const second = { upstream: join(folder, 'upstream'), port: await freePort('127.0.0.1') }
  mkdirSync(second.upstream)
  writeFileSync(join(second.upstream, 'active.conf'), `server 127.0.0.1:${otherBlue.port};\n`)
  writeFileSync(join(nginx.neighbours, 'two.conf'), siteOf(second))
  await nginx.restart()

  const neighbour = (name: 'one' | 'two', place: { upstream: string; port: number }, ports: number[]): Neighbour => {
    const control = join(folder, `control-${name}`)
    writeFileSync(control, controlOf(name, folder, nginx.control), { mode: 0o755 })
    const traffic = baseOf(script, paths[name], (id, facts) =>
      switchState({
        kind: 'switch',
        release: id,
        version: id,
        sha: 'green',
        manifest: '',
        slots: ports,
        driver: 'nginx',
        upstream: place.upstream,
        proxyKind: 'command',
        proxy: quoteWords([control]),
        check: `http://127.0.0.1:{slot}/`,
        weights: [],
        hold: 1,
        drainTimeout: 0,
        retain: 600,
        successes: 1,
        ...facts,
      }),
    )
    const url = `http://127.0.0.1:${place.port}/`
    const hold = (id: string, colour: string, facts: Partial<SwitchValues> = {}) =>
      waitFor(`the lock for ${id}`, 60, () =>
        traffic.hold(id, { sha: colour, ...facts }).then(
          () => true,
          () => false,
        ),
      )
    return {
      traffic,
      url,
      upstream: place.upstream,
      serves: () => ask(url).catch((error: Error) => error.message),
      hold,
      async move(id, colour, facts) {
        await hold(id, colour, facts)
        return traffic.arm(id)
      },
      kill: () => killServing(paths[name]),
    }
  }
  return {
    nginx,
    one: neighbour('one', { upstream: nginx.upstreamFolder, port: nginx.port }, [blue.port, green.port]),
    two: neighbour('two', second, [otherBlue.port, otherGreen.port]),
    calls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    hang(name) {
      const file = join(folder, `hang-${name}`)
      writeFileSync(file, '')
      return {
        hanging: () => /(?<=hangs )\d+/.exec(readFileSync(log, 'utf8'))?.[0],
        letGo: () => rmSync(file, { force: true }),
      }
    },
    holdLock: () => holdLock(context, `/proc/${readFileSync(join(nginx.folder, 'nginx.pid'), 'utf8').trim()}`, nobody),
  }
}

/** A process that holds the host's lock, which lies on this thing, until it is ended. */
export async function holdLock(
  context: TestContext,
  thing: string,
  as: readonly string[] = [],
): Promise<{ end(): Promise<void> }> {
  const [program = '', ...args] = [...as, 'flock', '-F', thing, 'sleep', '300']
  const holder = spawn(program, args, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => holder.once('close', () => resolve()))
  const end = () => {
    holder.kill('SIGKILL')
    return ended
  }
  context.onTestFinished(end)
  await waitFor(`the lock on ${thing}`, 30, async () => spawnSync('flock', ['-n', thing, 'true']).status !== 0)
  return { end }
}

function siteOf({ upstream, port }: { upstream: string; port: number }): string {
  return `upstream second { include ${upstream}/*.conf; }
server {
  listen 127.0.0.1:${port};
  location / { proxy_pass http://second; proxy_http_version 1.1; proxy_set_header Connection ""; }
}
`
}

/** Slow enough that two services that take no turns are in each other's way. */
function controlOf(name: string, folder: string, control: string): string {
  return `#!/bin/sh
case $1 in validate | reload) echo '${name}' "$1" >>'${folder}/calls' ;; esac
if [ "$1" = validate ]; then
  [ ! -e '${folder}/hang-${name}' ] || echo "${name} hangs $$" >>'${folder}/calls'
  tries=0
  while [ -e '${folder}/hang-${name}' ] && [ $tries -lt 600 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  sleep 0.15
fi
exec '${control}' "$1"
`
}
