import type { BuildRequest } from './build-request.ts'
import type { Commit } from './commit.ts'
import type { Built, Driver } from './drivers/driver.ts'
import type { Existing } from './existing.ts'
import type { BuildInputs } from './inputs.ts'
import type { ImageInspection } from './inspect.ts'
import type { BuildPlan } from './plan.ts'
import type { ImageStep } from './repository.ts'

export function reportPlan({ image }: BuildInputs, plan: BuildPlan, commit: Commit, step: ImageStep): void {
  const runSha = process.env.GITHUB_SHA?.toLowerCase()
  if (runSha && runSha !== commit.sha)
    step.info(`The checkout is at ${commit.sha}, not at ${runSha}: the tags name the commit of the checkout.`)
  const what = plan.push ? `pushed to ${image.name}` : `not pushed, because ${plan.whyNot}`
  step.info(`Commit ${commit.sha}, tags ${plan.tags.join(', ')}; ${what}.`)
}

export function reportLimits(engine: Driver, request: BuildRequest, step: ImageStep): void {
  step.info(`Built by ${engine.name === 'buildx' ? 'docker buildx build' : 'docker build'}.`)
  for (const limit of engine.limits(request)) step.info(`Note: ${limit}`)
}

export function reportDryRun(
  engine: Driver,
  request: BuildRequest,
  existing: Existing | undefined,
  step: ImageStep,
): void {
  reportLimits(engine, request, step)
  const lines = [
    existing ? `Would reuse ${existing.inspection.digest} from the registry.` : 'Would build: no image can be reused.',
    ...request.refs.map((ref) => `- tag \`${ref}\`${request.push ? '' : ' (not pushed)'}`),
    ...request.labels.map(({ name, value }) => `- label \`${name}=${value}\``),
    ...request.buildArgs.map(({ name, value }) => `- build argument \`${name}=${value}\``),
    ...request.secrets.map(({ id }) => `- secret \`${id}\``),
  ]
  for (const line of lines) step.info(line)
  step.summary(['**build-image, dry run**', '', ...lines].join('\n'))
}

/** What the registry has now, and how it came there. */
interface Pushed {
  readonly plan: BuildPlan
  readonly commit: Commit
  readonly inspection: ImageInspection
  readonly how: 'built' | 'reused'
}

/** Writes outputs and summary of what the registry has now. */
export function reportPushed(
  { image, provenance }: BuildInputs,
  { plan, commit, inspection, how }: Pushed,
  step: ImageStep,
): void {
  const ref = `${image.name}@${inspection.digest}`
  step.output('ref', ref)
  step.output('digest', inspection.digest)
  step.output('tags', JSON.stringify(plan.tags))
  step.output('platforms', JSON.stringify(inspection.platforms))
  step.output('sha', commit.sha)
  step.output('reused', String(how === 'reused'))
  if (how === 'built' && provenance === 'auto' && !inspection.attested)
    step.info('Note: this builder wrote no provenance.')
  const text = how === 'built' ? `Pushed and verified ${ref}.` : `An earlier run pushed ${ref}; it is reused.`
  step.info(text)
  step.record({ event: 'note', level: 'info', text })
  const rows = Object.entries(inspection.platforms).map(([platform, digest]) => `| ${platform} | \`${digest}\` |`)
  step.summary(
    [
      `**build-image: ${how === 'built' ? 'built and pushed' : 'reused'}**`,
      '',
      `\`\`\`\n${ref}\n\`\`\``,
      `Tags: ${plan.tags.map((tag) => `\`${tag}\``).join(', ')}. Provenance or SBOM: ${inspection.attested ? 'yes' : 'no'}.`,
      '',
      '| platform | digest |',
      '|---|---|',
      ...rows,
    ].join('\n'),
  )
}

/** A build without a push has no digest of a registry to report. */
export function reportUnpushed(plan: BuildPlan, commit: Commit, built: Built, step: ImageStep): void {
  step.output('tags', JSON.stringify(plan.tags))
  step.output('sha', commit.sha)
  step.info(`Built${built.configDigest ? ` ${built.configDigest}` : ''}; not pushed, because ${plan.whyNot}.`)
  step.summary(`**build-image**: built, not pushed, because ${plan.whyNot}.`)
}
