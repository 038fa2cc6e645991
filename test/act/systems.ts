import type { Faults } from '@belay/workflow-runner'
import { compose } from '../../tools/rehearsal/src/compose/example.ts'
import * as shop from '../../tools/rehearsal/src/compose/lab.ts'
import { inspectServer } from '../../tools/rehearsal/src/compose/system.ts'
import { askSha, isLocked, openStates } from '../../tools/rehearsal/src/inspect.ts'
import { renderThreeServices } from '../../tools/rehearsal/src/render-three-services/example.ts'
import * as render from '../../tools/rehearsal/src/render-three-services/lab.ts'
import { services as renderServices } from '../../tools/rehearsal/src/render-three-services/services.ts'
import type { EndedRun, RunOptions } from '../../tools/rehearsal/src/runs.ts'
import { type Version, v1, v2 } from '../../tools/rehearsal/src/version.ts'
import { vpsSystemd } from '../../tools/rehearsal/src/vps-systemd/example.ts'
import * as vps from '../../tools/rehearsal/src/vps-systemd/lab.ts'
import { placesOf } from '../../tools/rehearsal/src/vps-systemd/system.ts'

export type Start = NonNullable<RunOptions['start']>

export interface ReleaseOptions {
  readonly faults?: Faults
  /** Over the environment's own. */
  readonly vars?: Readonly<Record<string, string>>
}

/** An environment of an example on servers of its own, whose workflows one runner runs. */
export interface System {
  release(version: Version | 'previous', options?: ReleaseOptions): Promise<EndedRun>
  /** What serves and what is left, by place: commits, locks that are held, changes that are open. */
  inspect(): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/** Starts the servers of a system. `start`: the runner. */
export interface Opening {
  paths(workDir: string): Promise<string[]>
  open(start: Start): Promise<System>
}

export const vpsQa: Opening = {
  paths: (workDir) => vpsSystemd.paths('qa', workDir),
  async open(start) {
    const lab = await vps.openLab(['qa'])
    return {
      release: (version, options) => lab.release('qa', onlyVersion(version), { start, ...options }),
      inspect: () => inspectHosts(lab, 'qa'),
      close: () => lab.close(),
    }
  },
}

export const vpsProduction: Opening = {
  paths: (workDir) => vpsSystemd.paths('production', workDir),
  async open(start) {
    const lab = await vps.openLab(['qa', 'production'])
    for (const version of [v1, v2]) {
      const { runId } = successful(await lab.release('qa', version, { start, jobs: ['build'] }))
      lab.markProven(version, Number(runId))
    }
    return {
      release: (version, options) => lab.release('production', version, { start, ...options }),
      inspect: () => inspectHosts(lab, 'production'),
      close: () => lab.close(),
    }
  },
}

/** With its build: the image is made, pushed and pulled. */
export const composeQa: Opening = {
  paths: (workDir) => compose.paths('qa', workDir),
  async open(start) {
    const lab = await shop.openLab(['qa'])
    return {
      release: (version, options) => lab.release('qa', version, { start, ...options }),
      async inspect() {
        const { place, answers, slots, locked, open } = await inspectServer(lab, 'qa')
        return { [place]: { answers, slots, locked, open: open.length } }
      },
      close: () => lab.close(),
    }
  },
}

export const onRender: Opening = {
  paths: (workDir) => renderThreeServices.paths('production', workDir),
  async open(start) {
    const lab = await render.openLab()
    return {
      release: (version, options) => lab.release(version, { start, ...options }),
      async inspect() {
        const serving = await Promise.all(renderServices.map((name) => lab.render.serves(name)))
        return Object.fromEntries(renderServices.map((name, index) => [name, serving[index]]))
      },
      close: () => lab.close(),
    }
  },
}

async function inspectHosts(lab: vps.Lab, environment: 'qa' | 'production'): Promise<Record<string, unknown>> {
  const all = placesOf(lab, environment).map(async ({ where, url, host, path }) => {
    const [serves, locked, open] = [askSha(`${url}/health`), isLocked(host, path), openStates(host, path)]
    return [where, { serves: await serves, locked: await locked, open: (await open).length }] as const
  })
  return Object.fromEntries(await Promise.all(all))
}

function onlyVersion(version: Version | 'previous'): Version {
  if (version === 'previous') throw new Error('this environment releases commits only')
  return version
}

function successful(run: EndedRun): EndedRun {
  if (run.conclusion === 'success') return run
  throw new Error(
    `QA could not build: ${Object.values(run.jobs)
      .flatMap(({ steps }) => steps.map(({ log }) => log))
      .join('\n')}`,
  )
}
