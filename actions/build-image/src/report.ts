import type { Commit } from './commit.ts'
import type { Built, Driver } from './drivers/driver.ts'
import type { Existing } from './existing.ts'
import type { BuildInputs } from './inputs.ts'
import type { Look } from './look.ts'
import type { Order } from './order.ts'
import type { BuildPlan } from './plan.ts'
import type { ImageStep } from './work.ts'

export function tellPlan({ image }: BuildInputs, plan: BuildPlan, commit: Commit, step: ImageStep): void {
  const asked = process.env.GITHUB_SHA?.toLowerCase()
  if (asked && asked !== commit.sha) step.info(`Checked out is ${commit.sha}, not ${asked}: the image is named for it.`)
  const what = plan.push ? `pushed to ${image.name}` : `not pushed, because ${plan.whyNot}`
  step.info(`Commit ${commit.sha}, tags ${plan.tags.join(', ')}; ${what}.`)
}

export function tellLimits(engine: Driver, order: Order, step: ImageStep): void {
  step.info(`Built by ${engine.name === 'buildx' ? 'docker buildx build' : 'docker build'}.`)
  for (const limit of engine.limits(order)) step.info(`Note: ${limit}`)
}

export function tellOrder(engine: Driver, order: Order, existing: Existing | undefined, step: ImageStep): void {
  tellLimits(engine, order, step)
  const lines = [
    existing ? `Would take ${existing.look.digest}, which is there.` : 'Would build, as there is nothing to take.',
    ...order.refs.map((ref) => `- tag \`${ref}\`${order.push ? '' : ' (not pushed)'}`),
    ...order.labels.map(({ name, value }) => `- label \`${name}=${value}\``),
    ...order.buildArgs.map(({ name, value }) => `- build argument \`${name}=${value}\``),
    ...order.secrets.map(({ id }) => `- secret \`${id}\``),
  ]
  for (const line of lines) step.info(line)
  step.summary(['**build-image, dry run**', '', ...lines].join('\n'))
}

/** What is in the registry now, and how it came there. */
interface Pushed {
  readonly plan: BuildPlan
  readonly commit: Commit
  readonly look: Look
  readonly how: 'built' | 'reused'
}

/** Outputs and summary of what is in the registry now. */
export function tellPushed(
  { image, provenance }: BuildInputs,
  { plan, commit, look, how }: Pushed,
  step: ImageStep,
): void {
  const ref = `${image.name}@${look.digest}`
  step.output('ref', ref)
  step.output('digest', look.digest)
  step.output('tags', JSON.stringify(plan.tags))
  step.output('platforms', JSON.stringify(look.platforms))
  step.output('sha', commit.sha)
  step.output('reused', String(how === 'reused'))
  if (how === 'built' && provenance === 'auto' && !look.attested) step.info('Note: this builder made no provenance.')
  const text = how === 'built' ? `Pushed and verified ${ref}.` : `An earlier run pushed ${ref}; it is taken as it is.`
  step.info(text)
  step.record({ event: 'note', level: 'info', text })
  const rows = Object.entries(look.platforms).map(([platform, digest]) => `| ${platform} | \`${digest}\` |`)
  step.summary(
    [
      `**build-image: ${how === 'built' ? 'built and pushed' : 'reused'}**`,
      '',
      `\`\`\`\n${ref}\n\`\`\``,
      `Tags: ${plan.tags.map((tag) => `\`${tag}\``).join(', ')}. Provenance or SBOM: ${look.attested ? 'yes' : 'no'}.`,
      '',
      '| platform | digest |',
      '|---|---|',
      ...rows,
    ].join('\n'),
  )
}

/** A build that was a test: there is no digest of a registry's to hand on. */
export function tellUnpushed(plan: BuildPlan, commit: Commit, built: Built, step: ImageStep): void {
  step.output('tags', JSON.stringify(plan.tags))
  step.output('sha', commit.sha)
  step.info(`Built${built.configDigest ? ` ${built.configDigest}` : ''}; not pushed, because ${plan.whyNot}.`)
  step.summary(`**build-image**: built, not pushed, because ${plan.whyNot}.`)
}
