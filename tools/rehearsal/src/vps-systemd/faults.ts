import type { WorkflowRunResult } from '@belay/workflow-runner'
import { begunSteps, type Fault } from '../fault.ts'
import { type Version, v1, v2 } from '../version.ts'
import { type Case, casesFor, type Parts, refuse, type Worker } from '../worker.ts'
import { type Lab, openLab } from './lab.ts'
import { buildIn, openProduction, type ProductionLab } from './production.ts'
import { jobOf } from './production-expectation.ts'
import { rehearse } from './rehearse.ts'
import { rehearseProduction } from './rehearse-production.ts'
import { resultOf } from './report.ts'
import { migrationsOf, services } from './services.ts'

/** The cases of QA: all steps over a previous release; for a first release only steps after a change of hosts. */
export function qaCases(begun: readonly string[]): Case[] {
  const changing = begun.filter((path) => path.endsWith('/deploy-ssh') || path === 'release/smoke')
  return [...casesFor(changing, undefined), ...casesFor(begun, v1)]
}

/** The cases of production: all steps, over a previous release. */
export function productionCases(begun: readonly string[]): Case[] {
  return casesFor(begun, v1)
}

/** Two hosts for releases to QA. Each case verifies that QA serves after the fault what it served before. */
export async function qaParts(paths: readonly string[]): Promise<Parts> {
  const lab = await openLab('namespaces')
  return {
    async rehearse(version, old, { fault }) {
      const { runResult, problems } = await rehearse(lab, paths, { version, old, fault })
      const begun = begunSteps(runResult)
      return { conclusion: runResult.conclusion, result: resultOf(runResult), problems, begun, asBefore: true }
    },
    close: () => lab.close(),
  }
}

/** In production a fault leaves its service unchanged. The other service has a job of its own, which goes on. */
export function openProductionWorker(paths: readonly string[]): Worker {
  let lab: Lab | undefined
  let production: ProductionLab | undefined
  let serving: Record<string, Version> = {}
  let schema: readonly string[] = []

  async function close(): Promise<void> {
    await production?.close()
    await lab?.close()
    lab = undefined
    production = undefined
    serving = {}
    schema = []
  }

  async function open(): Promise<void> {
    await close()
    lab = await openLab('namespaces')
    const proven = new Map<Version, number>()
    for (const version of [v1, v2]) proven.set(version, await buildIn(lab, version))
    production = await openProduction(lab, proven)
    await release(v1)
  }

  async function release(version: Version): Promise<WorkflowRunResult> {
    const { problems, runResult } = await run(version, undefined)
    refuse(version, problems)
    return runResult
  }

  async function run(version: Version, fault: Fault | undefined) {
    if (!lab || !production) throw new Error('production is not open')
    const asked = { version, back: false, serving, schema, fault }
    const rehearsed = await rehearseProduction(lab, production, paths, asked)
    const live = rehearsed.expectedJobs.flatMap(({ service, version: now }) => (now ? [[service.name, now]] : []))
    serving = Object.fromEntries(live)
    schema = migrationsOf(v2).slice(0, rehearsed.verification.schema.length)
    return rehearsed
  }

  /** Whether the step of a case still has something to do. */
  function suits(step: string): boolean {
    const faulted = services.find((service) => step.startsWith(`${jobOf(service)}/`))
    const pending = !step.endsWith('/migrate-db') || schema.length < migrationsOf(v2).length
    return production !== undefined && pending && (!faulted || serving[faulted.name] === v1)
  }

  return {
    async begunSteps() {
      await open()
      return begunSteps(await release(v2))
    },
    async runCase({ fault }) {
      const step = fault?.step ?? ''
      if (!suits(step)) await open()
      const { runResult, problems } = await run(v2, fault)
      const job = step.slice(0, step.indexOf('/'))
      if (problems.length > 0) await close()
      return {
        conclusion: runResult.conclusion,
        result: Object.values(runResult.jobs[job]?.outputs ?? {})[0] ?? 'none',
        problems,
        begun: begunSteps(runResult),
        // `serving` has what each service serves now.
        asBefore: true,
      }
    },
    async end() {
      if (production) await release(v2)
    },
    close,
  }
}
