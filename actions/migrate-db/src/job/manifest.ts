import { createHash } from 'node:crypto'
import { Failure } from '@belay/action-kit'
import {
  annotation,
  createdBy,
  floatingImages,
  type Image,
  type Kubectl,
  type KubeObject,
  readManifests,
  replacements,
  withImages,
} from '@belay/kubernetes'

/** The label of all Jobs that migrate one service in one environment; its value is `migrationsOf`. */
export const ofMigrations = annotation('migrations')

/** The value of that label: a label has 63 characters at most. */
export function migrationsOf(lease: string): string {
  return lease.length <= 63 ? lease : `${lease.slice(0, 50)}-${shortHash(lease)}`
}

/** Kubernetes removes the Job after a day, if the manifest says nothing else. */
const keptSeconds = 86_400
/** A Job must be there until its end was read. */
const leastKeptSeconds = 600
/** One that asks is removed as soon as it was read. */
const askSeconds = 300

/**
 * Reads the manifest of the Job, with its images.
 * @throws Failure `source`
 */
export async function readJobManifest(
  {
    manifest,
    namespace,
    images,
  }: { readonly manifest: string; readonly namespace: string; readonly images: readonly Image[] },
  kubectl: Kubectl,
  signal: AbortSignal,
): Promise<{ job: KubeObject; warnings: string[] }> {
  const [found, ...others] = await readManifests([manifest], namespace, kubectl, signal)
  if (!found || others.length > 0 || found.kind !== 'Job' || found.apiVersion !== 'batch/v1')
    throw sourceError(`${manifest} must have one object, of apiVersion batch/v1 and kind Job.`)
  const job = withImages(found, images)
  if (containersOf(job).length === 0) throw sourceError(`${manifest} has no container.`)
  const floating = floatingImages([job])
  // One that is by digest in the manifest may be an image of its own.
  if (images.length > 0 && floating.length > 0 && replacements(found, images).length === 0)
    throw sourceError(`${manifest} has no image ${images.map(({ name }) => name).join(', ')}.`)
  return { job, warnings: floating.map((image) => `The image ${image} is not given by its digest.`) }
}

function sourceError(what: string): Failure {
  return new Failure('source', `${what} Nothing was changed.`, 'correct the file that via names, or images.')
}

/** What a Job of a release is made of. */
export interface JobFacts {
  readonly release: string
  /** The name of the service's Lease. */
  readonly lease: string
  /** In seconds. */
  readonly deadline: number
}

interface JobSpec {
  readonly activeDeadlineSeconds?: number
  readonly ttlSecondsAfterFinished?: number
  readonly template: {
    readonly metadata?: object
    readonly spec: { readonly containers?: readonly object[] } & Readonly<Record<string, unknown>>
  }
}

/**
 * The Job that migrates: that of the manifest under a name of this release. It runs one pod, once: a migration that failed
 * is not tried again before a person has seen it. Pure.
 */
export function migrationJob(manifest: KubeObject, { release, lease, deadline }: JobFacts): KubeObject {
  const { activeDeadlineSeconds = deadline, ttlSecondsAfterFinished = keptSeconds } = specOf(manifest)
  const name = `${beginningOf(manifest)}-${shortHash(release)}`
  return jobOf(manifest, name, { release, [ofMigrations]: migrationsOf(lease) }, specOf(manifest).template, {
    activeDeadlineSeconds: Math.min(activeDeadlineSeconds, deadline),
    ttlSecondsAfterFinished: Math.max(ttlSecondsAfterFinished, leastKeptSeconds),
  })
}

/** The Job that asks what is pending: the same pod, whose first container runs `command` instead. Its name is made at each asking. Pure. */
export function statusJob(
  manifest: KubeObject,
  { release, deadline }: Omit<JobFacts, 'lease'>,
  command: readonly string[],
): KubeObject {
  const { template } = specOf(manifest)
  const [first = {}, ...others] = containersOf(manifest)
  const { args: _, ...container } = first as { readonly args?: unknown }
  const spec = { ...template.spec, containers: [{ ...container, command }, ...others] }
  return jobOf(
    manifest,
    `${beginningOf(manifest)}-status`,
    { release },
    { ...template, spec },
    {
      activeDeadlineSeconds: Math.min(askSeconds, deadline),
      ttlSecondsAfterFinished: leastKeptSeconds,
    },
  )
}

function jobOf(
  { metadata }: KubeObject,
  name: string,
  { release, ...labels }: { readonly release: string } & Readonly<Record<string, string>>,
  template: JobSpec['template'],
  times: Pick<JobSpec, 'activeDeadlineSeconds' | 'ttlSecondsAfterFinished'>,
): KubeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      labels: { ...metadata.labels, ...labels },
      annotations: { ...metadata.annotations, [createdBy]: release },
    },
    spec: {
      ...times,
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      podReplacementPolicy: 'Failed',
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
    },
  }
}

function specOf(job: KubeObject): JobSpec {
  return job.spec as JobSpec
}

export function containersOf(job: KubeObject): readonly object[] {
  return (job.spec as Partial<JobSpec> | undefined)?.template?.spec?.containers ?? []
}

/** The name of a Job is a label of its pods, so it has 63 characters at most. */
function beginningOf({ metadata }: KubeObject): string {
  return metadata.name.slice(0, 40).replace(/[-.]+$/, '')
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
