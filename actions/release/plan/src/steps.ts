import type { Step } from '@belay/action-kit'

/** The requested kind of release and the findings so far: all that the composite's steps depend on. */
export interface StepConditions {
  readonly target: 'ssh' | 'render' | 'kubernetes'
  readonly way: 'deploy' | 'rollback'
  /** A newer version is live, so no later step runs. */
  readonly superseded: boolean
  readonly phase: 'expand' | 'contract'
  readonly until: 'switch' | 'gate'
  readonly hasSlots: boolean
  readonly canary: boolean
  readonly urls: boolean
  readonly database: boolean
  /** Empty where an artifact or a source is released. */
  readonly image: string
  readonly source: string
  /** QA's artifact was found. */
  readonly proven: boolean
  /** Where an artifact is unpacked to. */
  readonly artifactFolder: string
}

/** Which steps of the composite run, by their ids, and what is released. */
export interface Steps {
  readonly before: boolean
  readonly image: boolean
  /** What is live in a cluster is reported. */
  readonly cluster: boolean
  readonly proxy: boolean
  readonly deployment: boolean
  readonly proven: boolean
  readonly artifact: boolean
  /** The hosts are inspected before the schema changes. Without a migration deploy-ssh inspects them itself. */
  readonly hosts: boolean
  /** The cluster tries the objects before the schema changes. Without a migration deploy-kubernetes lets it try them itself. */
  readonly objects: boolean
  readonly migrateDb: boolean
  readonly deploySsh: boolean
  readonly blueGreenSwitch: boolean
  /** False where the switch is final at its own end. */
  readonly undoSwitch: boolean
  readonly deployRender: boolean
  /** A share of the pods gets the release first. */
  readonly canary: boolean
  readonly deployKubernetes: boolean
  readonly healthGate: boolean
  readonly source: string
  /** By its digest; empty where the step `image` finds it, or none is released. */
  readonly imageRef: string
}

/**
 * The steps of a release. A contract changes the schema only. A shadow release (`until: gate`) has no traffic: it
 * migrates and switches nothing, and the URLs do not show it. A rollback uploads nothing, has no canary and never changes
 * the schema. Pure.
 */
export function stepsOf(conditions: StepConditions): Steps {
  const { target, way, superseded, phase, until, hasSlots, urls, image, source, proven } = conditions
  const goal = superseded ? undefined : target
  const [ssh, render, kubernetes] = [goal === 'ssh', goal === 'render', goal === 'kubernetes']
  const shadow = until === 'gate'
  const deploys = ssh && phase === 'expand'
  const brings = deploys && way === 'deploy'
  const byDigest = image.includes('@')
  const switches = deploys && hasSlots && !shadow
  const moves = kubernetes && hasSlots
  const migrates = changesSchema(conditions)
  return {
    before: render,
    image: (brings || (kubernetes && way === 'deploy')) && image !== '' && !byDigest,
    cluster: kubernetes,
    proxy: switches,
    deployment: !superseded && phase === 'expand' && !shadow,
    proven: brings && proven,
    artifact: brings && !proven && image === '' && source === '',
    hosts: migrates && deploys,
    objects: migrates && kubernetes,
    migrateDb: migrates,
    deploySsh: deploys,
    blueGreenSwitch: switches || moves,
    undoSwitch: way === 'deploy',
    deployRender: render,
    canary: kubernetes && way === 'deploy' && conditions.canary,
    deployKubernetes: kubernetes,
    healthGate: !superseded && urls && !shadow,
    source: source === '' && image === '' ? conditions.artifactFolder : source,
    imageRef: byDigest ? image : '',
  }
}

/** A shadow release and a rollback never do. */
function changesSchema({ target, superseded, database, until, way }: StepConditions): boolean {
  return target !== 'render' && !superseded && database && until !== 'gate' && way === 'deploy'
}

/** Sets an output for each step, by its id, and for what is released. */
export function publishSteps(steps: Steps, step: Pick<Step, 'output'>): void {
  step.output('run-before', String(steps.before))
  step.output('run-image', String(steps.image))
  step.output('run-cluster', String(steps.cluster))
  step.output('run-proxy', String(steps.proxy))
  step.output('run-deployment', String(steps.deployment))
  step.output('run-proven', String(steps.proven))
  step.output('run-artifact', String(steps.artifact))
  step.output('run-hosts', String(steps.hosts))
  step.output('run-objects', String(steps.objects))
  step.output('run-migrate-db', String(steps.migrateDb))
  step.output('run-deploy-ssh', String(steps.deploySsh))
  step.output('run-blue-green-switch', String(steps.blueGreenSwitch))
  step.output('undo-switch', String(steps.undoSwitch))
  step.output('run-deploy-render', String(steps.deployRender))
  step.output('run-canary', String(steps.canary))
  step.output('run-deploy-kubernetes', String(steps.deployKubernetes))
  step.output('run-health-gate', String(steps.healthGate))
  step.output('source', steps.source)
  step.output('image', steps.imageRef)
}
