import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, Interrupted, type MainOutcome, monotonicSeconds } from '@belay/action-kit'
import { buildPatiently } from './attempts.ts'
import { annotate } from './checks.ts'
import { runDocker } from './child.ts'
import { type Commit, commitIn } from './commit.ts'
import type { Docker } from './drivers/driver.ts'
import { chooseEngine } from './engine.ts'
import { readEvent } from './event.ts'
import { findExisting } from './existing.ts'
import type { BuildInputs } from './inputs.ts'
import { labelsOf } from './labels.ts'
import { privateFolder, removePrivate, writeDockerConfig } from './login.ts'
import type { Order } from './order.ts'
import { type BuildPlan, planBuild } from './plan.ts'
import { tellLimits, tellOrder, tellPlan, tellPushed, tellUnpushed } from './report.ts'
import { verify } from './verify.ts'
import { type ImageStep, openRepository } from './work.ts'

/** Builds and pushes what the event asks for, or takes what is there; the registry has the last word on what that is. */
export async function build(inputs: BuildInputs, step: ImageStep): Promise<MainOutcome> {
  const folder = privateFolder(step.journal.folder, step.id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    await buildIn(folder, inputs, step)
  } catch (error) {
    throw step.signal.aborted ? new Interrupted() : error
  } finally {
    removePrivate(folder)
  }
  // What runs anywhere is as it was: only promote moves tags that somebody follows.
  return { result: 'unchanged' }
}

async function buildIn(folder: string, inputs: BuildInputs, step: ImageStep): Promise<void> {
  const docker = dockerOf(inputs, folder, step)
  // Asked meanwhile, and needed only where there is something to build.
  const choosing = chooseEngine(inputs.engine, docker, folder)
  choosing.catch(() => undefined)
  const commit = await commitIn(inputs.context)
  const plan = planBuild(readEvent(), { sha: commit.sha, tags: inputs.tags, push: inputs.push })
  const order = orderOf(inputs, plan, commit)
  tellPlan(inputs, plan, commit, step)
  const registry = plan.push
    ? await openRepository(inputs.image, inputs.login, { writes: !inputs.dryRun, step })
    : undefined
  const existing = registry && (await findExisting(registry, inputs, plan, commit))
  if (inputs.dryRun) return tellOrder(await choosing, order, existing, step)
  if (registry && existing) {
    for (const tag of existing.missing) await registry.put(tag, existing.manifest)
    return tellPushed(inputs, { plan, commit, look: existing.look, how: 'reused' }, step)
  }
  const engine = await choosing
  tellLimits(engine, order, step)
  const built = await buildPatiently(engine, order, step)
  annotate(built.checks, inputs.file ?? join(inputs.context, 'Dockerfile'), step)
  if (!registry) return tellUnpushed(plan, commit, built, step)
  const look = await verify(registry, plan.tags, built, inputs.platforms, step.signal)
  tellPushed(inputs, { plan, commit, look, how: 'built' }, step)
}

function orderOf(inputs: BuildInputs, plan: BuildPlan, commit: Commit): Order {
  return {
    ...inputs,
    refs: plan.tags.map((tag) => `${inputs.image.name}:${tag}`),
    labels: labelsOf(commit, plan.version, inputs.labels),
    epoch: commit.time,
    push: plan.push,
  }
}

/** Docker with the login of the inputs, if there is one, until the deadline. */
function dockerOf(inputs: BuildInputs, folder: string, step: ImageStep): Docker {
  const end = monotonicSeconds() + inputs.deadline
  const config = inputs.login ? writeDockerConfig(folder, inputs.image, inputs.login) : {}
  return (args, { env = {}, shown = true } = {}) =>
    runDocker(args, {
      env: { ...childEnvironment(), ...config, ...env },
      cwd: inputs.context,
      signal: step.signal,
      leftMs: (end - monotonicSeconds()) * 1000,
      shown,
    })
}
