import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Answer,
  type HostScript,
  quoteWords,
  releaseState,
  runCommand,
  type StateText,
  switchState,
} from '@belay/host'
import { localTarget } from '@belay/host/inputs'
import { protocol, type SwitchValues } from '@belay/host/protocol'
import { startNginx, type TestNginx } from '@belay/test-hosts'
import type { TestContext } from 'vitest'
import { assignments } from '../../../../packages/host/src/quote.ts'
import { script as deployScript } from '../../../deploy-ssh/src/script.ts'
import { script as switchScript } from '../../src/script.ts'
import { temporary } from './fixture.ts'
import { ask, startSlot, type TestSlot } from './slots.ts'

/** How a release ended on the host, or how far it is. */
export interface ReleaseState {
  readonly state: string
  /** The change is made and checked. */
  readonly changed: boolean
  readonly failed: string
}

/** One of the two actions of a service with slots, by its own script, on the base that both have. */
export interface Base {
  readonly base: string
  hold(id: string, facts?: Partial<SwitchValues>): Promise<void>
  /** With the slots' `prove`, as the switch does between lock and move. */
  prove(id: string): Promise<void>
  /** As the switch does where there is nothing to move: the corrected marks, `5006 active`. */
  agree(id: string): Promise<string[]>
  arm(id: string, confirmTimeout?: number): Promise<ReleaseState>
  confirm(id: string): Promise<ReleaseState>
  undo(id: string): Promise<ReleaseState>
  /** Its countdown is over now. */
  end(id: string): void
  /** The states of its releases, oldest first: `confirmed undone`. */
  states(): string
  /** Calls the script as a file of the host, as a boot or a person does. */
  run(...words: string[]): Promise<{ status: number; said: string }>
  /** Runs words in the script, after its functions are defined: what cannot be met from outside in time. */
  inside(text: string): Promise<{ status: number; said: string }>
  log(): string
}

/** Both bases on this machine, with a real nginx: blue has the traffic, and the tests are the services. */
export interface Bases {
  readonly path: string
  readonly nginx: TestNginx
  readonly blue: TestSlot
  readonly green: TestSlot
  readonly fill: Base
  readonly traffic: Base
  serves(): Promise<string>
  /** What was asked of the program that starts and stops slots: `start 5006`. */
  calls(): string[]
  role(slot: TestSlot): string
  /** kill -9 of every process that serves a release here. */
  kill(): Promise<void>
  /** From here on starting a slot takes so long. */
  slow(seconds: number): void
}

const connection = { target: localTarget, folder: '' }

export async function openBases(context: TestContext, control?: (nginx: TestNginx) => string): Promise<Bases> {
  const folder = temporary(context)
  const path = join(folder, 'path')
  const [blue, green] = [await startSlot('127.0.0.1', 'v1'), await startSlot('127.0.0.1', 'v2')]
  const nginx = await startNginx(undefined, { slot: blue.port })
  const program = join(folder, 'slot')
  const told = `echo "$@" >>'${folder}/calls'\n[ ! -e '${folder}/'"$1" ] || exit 1`
  writeFileSync(program, `#!/bin/sh\n[ "$1" != start ] || sleep "$(cat '${folder}/slow')"\n${told}\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'slow'), '0')
  writeFileSync(join(folder, 'calls'), '')
  const slots = [blue.port, green.port]
  const fill = baseOf(deployScript, path, (id) =>
    releaseState({
      release: id,
      version: id,
      sha: 'v2',
      manifest: '-',
      schema: '',
      restartKind: 'command',
      restart: quoteWords([program, 'start', '{slot}']),
      checkKind: 'url',
      check: 'http://127.0.0.1:{slot}/',
      checkTimeout: 3,
      slots,
      stop: [program, 'stop', '{slot}'],
      activate: [program, 'activate', '{slot}'],
      deactivate: [program, 'deactivate', '{slot}'],
    }),
  )
  const traffic = baseOf(switchScript, path, (id, facts) =>
    switchState({
      kind: 'switch',
      release: id,
      version: id,
      sha: 'v2',
      manifest: '',
      slots,
      driver: 'nginx',
      upstream: nginx.upstreamFolder,
      proxyKind: 'command',
      proxy: quoteWords([control?.(nginx) ?? nginx.control]),
      check: 'http://127.0.0.1:{slot}/',
      weights: [],
      hold: 1,
      drainTimeout: 0,
      retain: 600,
      successes: 1,
      ...facts,
    }),
  )
  const kill = () => killServing(path)
  context.onTestFinished(async () => {
    await kill()
    await Promise.all([nginx.stop(), blue.stop(), green.stop()])
  })
  return {
    path,
    nginx,
    blue,
    green,
    fill,
    traffic,
    serves: () => ask(`http://127.0.0.1:${nginx.port}/`).catch((error: Error) => error.message),
    calls: () => readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean),
    role: ({ port }) => readFileSync(join(path, 'slots', `${port}.state`), 'utf8').trim(),
    kill,
    slow: (seconds) => writeFileSync(join(folder, 'slow'), String(seconds)),
  }
}

/** A base below a folder of this machine; `stateOf` are the values that a release's state has there. */
export function baseOf(
  script: HostScript,
  base: string,
  stateOf: (id: string, facts: Partial<SwitchValues>) => StateText,
): Base {
  const options = { timeoutMs: 100_000 }
  const change = script.name === deployScript.name ? ('release' as const) : ('move' as const)
  const by = (id: string) => ({ base, id, change, by: 'a test' })
  const states = () => readdirSync(join(base, '.belay/states')).sort()
  return {
    base,
    async hold(id, facts = {}) {
      const values = { keepReleases: 5, owner: 'a test', lease: 120, script: script.name, text: script.text }
      await runCommand(connection, script, 'hold', { base, id, change, ...values, params: stateOf(id, facts) }, options)
      mkdirSync(join(base, 'releases', id), { recursive: true })
    },
    async agree(id) {
      const answer = await runCommand(connection, switchScript, 'agree', { base, id, change }, options)
      return answer.all('told').map(({ port, role }) => `${port} ${role}`)
    },
    prove: async (id) => void (await runCommand(connection, switchScript, 'prove', { base, id, change }, options)),
    arm: async (id, confirmTimeout = 300) =>
      stateSaid(await runCommand(connection, script, 'arm', { ...by(id), confirmTimeout, wait: 60 }, options)),
    async confirm(id) {
      const answer = await runCommand(connection, script, 'confirm', { base, id, by: 'a test', record: '' }, options)
      return { state: answer.last('state') ?? '', changed: false, failed: '' }
    },
    undo: async (id) => stateSaid(await runCommand(connection, script, 'undo', { ...by(id), wait: 40 }, options)),
    end(id) {
      const work = readdirSync(join(base, '.belay/work')).find((name) => name.endsWith(`-${id}`)) ?? ''
      writeFileSync(
        join(base, '.belay/work', work, 'deadline.test'),
        `${readFileSync('/proc/uptime', 'utf8').split('.')[0]}\n`,
      )
      renameSync(join(base, '.belay/work', work, 'deadline.test'), join(base, '.belay/work', work, 'deadline'))
    },
    states: () =>
      states()
        .map((name) => name.split('.').at(-1))
        .join(' '),
    run: (...args) => run('sh', [join(base, '.belay', `${script.name}.sh`), ...args]),
    inside(text) {
      const file = join(base, 'inside.sh')
      const functions = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
      writeFileSync(file, `${assignments('b_', { base, protocol })}${functions}\nlayout\n${text}\n`)
      return run('sh', [file])
    },
    log: () =>
      readdirSync(join(base, '.belay/log'))
        .sort()
        .map((name) => readFileSync(join(base, '.belay/log', name), 'utf8'))
        .join(''),
  }
}

function stateSaid({ all, last }: Answer<HostScript['commands']['arm']>): ReleaseState {
  const failed = last('failed')
  return {
    state: last('state') ?? '',
    changed: all('worked').length > 0,
    failed: failed ? `${failed.failure} ${failed.why}` : '',
  }
}

function run(program: string, args: string[]): Promise<{ status: number; said: string }> {
  return new Promise((resolve) =>
    execFile(program, args, { encoding: 'utf8', timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}`.trim() }),
    ),
  )
}

/** Bases on which v1 was filled to blue, which has the traffic; what green serves counts as v2. */
export async function openFilledBases(context: TestContext): Promise<Bases> {
  const bases = await openBases(context)
  mkdirSync(join(bases.path, 'releases/0-v1'), { recursive: true })
  mkdirSync(join(bases.path, 'slots'))
  symlinkSync('../releases/0-v1', join(bases.path, 'slots', String(bases.blue.port)))
  await bases.traffic.hold('0-look', { sha: 'v1' })
  await bases.traffic.agree('0-look')
  await bases.traffic.undo('0-look')
  return bases
}

/** Ends, by their ids, the processes whose arguments say that they serve a transaction below this path, or make a change of it. */
export async function killServing(path: string, words: readonly string[] = ['serve', 'change']): Promise<void> {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (words.some((word) => args.includes(word)) && args.includes(path)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone between the look and the kill.
    }
  }
}
