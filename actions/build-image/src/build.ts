import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, Interrupted, type MainOutcome, monotonicSeconds } from '@belay/action-kit'
import type { BuildRequest } from './build-request.ts'
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
import { type BuildPlan, planBuild } from './plan.ts'
import { reportDryRun, reportLimits, reportPlan, reportPushed, reportUnpushed } from './report.ts'
import { type ImageStep, openRepository } from './repository.ts'
import { buildWithRetry } from './retry.ts'
import { verify } from './verify.ts'

/** Builds and pushes what the event asks for, or reuses an existing image. Either way it verifies in the registry. */
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
  // Nothing that runs changes: only promote moves tags that deployments follow.
  return { result: 'unchanged' }
}

async function buildIn(folder: string, inputs: BuildInputs, step: ImageStep): Promise<void> {
  const docker = dockerFor(inputs, folder, step)
  // Runs in parallel; the result is needed only for a build.
  const engineChoice = chooseEngine(inputs.engine, docker, folder)
  engineChoice.catch(() => undefined)
  const commit = await commitIn(inputs.context)
  const plan = planBuild(readEvent(), { sha: commit.sha, tags: inputs.tags, push: inputs.push })
  const request = buildRequestFor(inputs, plan, commit)
  reportPlan(inputs, plan, commit, step)
  const registry = plan.push
    ? await openRepository(inputs.image, inputs.login, { writes: !inputs.dryRun, step })
    : undefined
  const existing = registry && (await findExisting(registry, inputs, plan, commit))
  if (inputs.dryRun) return reportDryRun(await engineChoice, request, existing, step)
  if (registry && existing) {
    for (const tag of existing.missing) await registry.put(tag, existing.manifest)
    return reportPushed(inputs, { plan, commit, inspection: existing.inspection, how: 'reused' }, step)
  }
  const engine = await engineChoice
  reportLimits(engine, request, step)
  const built = await buildWithRetry(engine, request, step)
  annotate(built.checks, inputs.file ?? join(inputs.context, 'Dockerfile'), step)
  if (!registry) return reportUnpushed(plan, commit, built, step)
  const inspection = await verify(registry, plan.tags, built, inputs.platforms, step.signal)
  reportPushed(inputs, { plan, commit, inspection, how: 'built' }, step)
}

function buildRequestFor(inputs: BuildInputs, plan: BuildPlan, commit: Commit): BuildRequest {
  return {
    ...inputs,
    refs: plan.tags.map((tag) => `${inputs.image.name}:${tag}`),
    labels: labelsOf(commit, plan.version, inputs.labels),
    epoch: commit.time,
    push: plan.push,
  }
}

/** Runs Docker with the login of the inputs, if given, until the deadline. */
function dockerFor(inputs: BuildInputs, folder: string, step: ImageStep): Docker {
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
