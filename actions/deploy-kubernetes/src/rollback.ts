import { Failure, jobIdentity, type MainOutcome } from '@belay/action-kit'
import {
  type CommitRecord,
  type KeptObject,
  type KeptRelease,
  orUndefined,
  recordOf,
  refName,
  rights,
} from '@belay/kubernetes'
import { releaseId } from '@belay/release-model'
import { planRevision } from './chart/rollback.ts'
import { commitAtOnce } from './commit.ts'
import type { DeployContext, KubernetesStep } from './context.ts'
import { type DesiredObject, keptImages, locate, resourceOfImages } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'
import { assertReleaseRights, commonRights, rightsOfImages, rightsOfKinds } from './needed-rights.ts'
import { releaseObjects } from './release.ts'
import type { Past, Wanted } from './wanted.ts'

/** `command: rollback`: releases a kept release again, and commits at the end of its own main (rule 14). */
export async function rollback(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  const { service, environment, version, runSha: sha } = inputs.release
  // The transaction is this job's own. What it releases is known under the lock.
  const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha }
  return releaseObjects(inputs, step, release, {
    prepare: ({ client }) => assertReleaseRights(client, inputs.namespace, commonRights(inputs)),
    choose: chooseKept,
    async end({ client }, saved) {
      // The switch that follows is final.
      if (saved.fill) return { result: 'pending' }
      await commitAtOnce(client, saved, step)
      return { result: 'committed' }
    },
  })
}

async function chooseKept(context: DeployContext, past: Past): Promise<Wanted> {
  const { inputs, step } = context
  const chosen = chooseRelease(inputs.release.version, past)
  step.info(`Rolling back to ${chosen.release} (${chosen.version}).`)
  const { release: id, version, sha } = chosen
  step.output('sha', sha)
  // Also where it is live already: later steps move traffic and tags to this release, not to the version of the run.
  if (!inputs.dryRun) step.record({ event: 'chosen', service: inputs.release.service, release: { id, version, sha } })
  const ofChart = chosen.chart && (await planRevision(context, chosen.chart))
  const desired = ofChart?.desired ?? (await desiredOf(context, chosen))
  const previous = previousAfter(chosen, past.committed)
  const at = new Date(context.client.now()).toISOString()
  const release = { ...recordOf(chosen), at, ...(previous !== undefined && { previous }), objects: chosen.objects }
  const onlyChanges = past.committed?.release === id
  if (!ofChart) return { desired, release, onlyChanges }
  const { name, last } = ofChart.change.saved
  return { desired, release: { ...release, chart: { name, revision: last + 1 } }, chart: ofChart.change, onlyChanges }
}

/** The objects of a kept release, as a source of a release, without Jobs. Its Secrets stay as they are. */
async function desiredOf(context: DeployContext, { objects }: KeptRelease): Promise<DesiredObject[]> {
  const { client, inputs, step } = context
  // What it did stays (rule 16): a migration of the old release would meet the schema of the new one.
  const isJob = ({ ref }: KeptObject) => ref.kind === 'Job'
  const jobs = objects.filter(isJob).map(({ ref }) => refName(ref))
  if (jobs.length > 0) step.info(`A rollback does not run Jobs again: ${jobs.join(', ')}.`)
  const bodies = objects.flatMap((one) => (one.apply && !isJob(one) ? [one.apply] : []))
  const applied = await locate(client, bodies, inputs.namespace)
  const secrets = objects.filter(({ apply, images }) => !apply && !images)
  const onlyImages = objects.flatMap(({ ref, images }) => (images ? [{ ref, images }] : []))
  await assertReleaseRights(client, inputs.namespace, [
    ...rightsOfKinds(applied.map(({ resource }) => resource)),
    ...rightsOfImages(onlyImages.map(({ ref }) => resourceOfImages(ref))),
    ...secrets.flatMap(({ ref }) => rights('', 'secrets', 'get', ref.name)),
  ])
  await assertSecrets(context, secrets)
  return [...applied, ...(await keptImages(client, onlyImages))]
}

/** @throws Failure `config-missing` */
async function assertSecrets({ client, step }: DeployContext, secrets: readonly KeptObject[]): Promise<void> {
  if (secrets.length === 0) return
  const found = await Promise.all(secrets.map(({ ref }) => orUndefined(client.get(ref.path))))
  const missing = secrets.filter((_, index) => found[index] === undefined)
  if (missing.length > 0)
    throw new Failure(
      'config-missing',
      `The release had ${missing.map(({ ref }) => refName(ref)).join(', ')}, which is not there any more, and Belay keeps no data of Secrets. Nothing was changed.`,
      'create the Secret again, or choose another release.',
    )
  const changed = secrets.filter(({ uid }, index) => uid !== found[index]?.metadata.uid)
  const anew = changed.length > 0 ? ` Made anew since: ${changed.map(({ ref }) => refName(ref)).join(', ')}.` : ''
  step.warn(
    `Secrets stay as they are now, because their data are not kept: ${secrets.map(({ ref }) => refName(ref)).join(', ')}.${anew}`,
  )
}

/**
 * Where a rollback goes from the chosen release: further back. From one that is newer than the live one it goes back to
 * that. Ids begin with their time. Pure.
 */
export function previousAfter(chosen: CommitRecord, committed: CommitRecord | undefined): string | undefined {
  return committed && chosen.release > committed.release ? committed.release : chosen.previous
}

/** The kept release that a version names, or the one before the live one. Pure. @throws Failure `no-such-release` */
export function chooseRelease(version: string, { committed, kept, wasOpen }: Past): KeptRelease {
  const releases = kept.map((one) => one.kept).toSorted((a, b) => a.at.localeCompare(b.at))
  // A release that was left open was live, and not committed: the one before it is the committed one.
  const previous = wasOpen ? committed?.release : committed?.previous
  const chosen =
    version === 'previous'
      ? releases.find(({ release }) => release === previous)
      : releases.findLast((one) => [one.release, one.version, one.sha].includes(version))
  if (chosen) return chosen
  const names = releases.map((one) => `${one.version} (${one.release})`).join(', ')
  const why =
    version !== 'previous'
      ? `No committed release "${version}" is kept`
      : previous === undefined
        ? 'No release was committed before the live one'
        : `The release before the live one, ${previous}, is not kept any more`
  throw new Failure(
    'no-such-release',
    `${why}. Nothing was changed.`,
    names ? `choose one of: ${names}` : 'release that version again; no older release is kept.',
  )
}
