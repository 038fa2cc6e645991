import { type Disruption, faultKinds } from './fault.ts'
import { type Version, v1, v2 } from './version.ts'

/** One thing that goes wrong, and the version that serves before; undefined: nothing was ever released. */
export interface Case extends Disruption {
  readonly old: Version | undefined
}

/** Every kind of fault at each of the steps. */
export function casesFor(steps: readonly string[], old: Version | undefined): Case[] {
  return steps.flatMap((step) => faultKinds.map((kind) => ({ fault: { kind, step }, old })))
}

/** Runs cases on servers of its own. It keeps them from case to case as long as they fit the next one. */
export interface Worker {
  /** Releases a version over another one without a fault. Returns the steps that began, in their order. */
  begunSteps(): Promise<readonly string[]>
  runCase(one: Case): Promise<Ended>
  /** Verifies that the next release succeeds after all these faults. */
  end(): Promise<void>
  close(): Promise<void>
}

export interface Ended {
  readonly conclusion: string
  readonly result: string
  readonly problems: readonly string[]
  /** The steps that began, in their order. */
  readonly begun: readonly string[]
  /** The state before the case is restored; otherwise the next case needs new servers. */
  readonly asBefore: boolean
}

/** The servers of an example, for one release after the other. */
export interface Parts {
  rehearse(version: Version, old: Version | undefined, wrong: Disruption): Promise<Ended>
  close(): Promise<void>
}

/** A worker for examples whose state is the released version only. */
export function openWorker(open: () => Promise<Parts>): Worker {
  let parts: Parts | undefined
  let serving: Version | undefined

  async function close(): Promise<void> {
    await parts?.close()
    parts = undefined
    serving = undefined
  }

  async function readyFor(old: Version | undefined): Promise<Parts> {
    if (serving !== undefined && serving !== old) await close()
    parts ??= await open()
    if (old && serving !== old) await release(parts, old)
    return parts
  }

  async function release(on: Parts, version: Version): Promise<Ended> {
    const ended = await on.rehearse(version, serving, {})
    refuse(version, ended.problems)
    serving = version
    return ended
  }

  return {
    async begunSteps() {
      return (await release(await readyFor(v1), v2)).begun
    },
    async runCase({ old, ...wrong }) {
      const on = await readyFor(old)
      const ended = await on.rehearse(old ? v2 : v1, old, wrong)
      if (!ended.asBefore || ended.problems.length > 0) await close()
      return ended
    },
    async end() {
      if (parts) await release(parts, v2)
    },
    close,
  }
}

/** @throws Error if a release without a fault failed */
export function refuse(version: Version, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${version.name} could not be released:\n${problems.join('\n')}`)
}
