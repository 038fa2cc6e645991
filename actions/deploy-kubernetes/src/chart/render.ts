import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, log, makeSecretFolder } from '@belay/action-kit'
import {
  digestOf,
  type Helm,
  helmFailure,
  type Image,
  imagesOf,
  imageText,
  type KubeObject,
  objectsIn,
} from '@belay/kubernetes'
import { maskSecret } from '../desired.ts'
import type { ChartInputs } from './inputs.ts'

/** What a chart and its values come to. */
export interface RenderedChart {
  readonly objects: readonly KubeObject[]
  /** What Helm applies before or after them, such as Jobs that migrate. */
  readonly hooks: readonly KubeObject[]
  /** The hooks as text: by it a change of them is seen. */
  readonly hookText: string
  /** The server applies the objects, and Helm does not merge them itself, as Helm 3 did. */
  readonly serverSide: boolean
}

/** A release of Helm's, as its JSON has it. */
interface ReleaseJson {
  readonly manifest?: string
  readonly hooks?: readonly { readonly path?: string; readonly manifest?: string }[]
  readonly apply_method?: string
}

/** A chart on this runner: one that was pulled is the same in every call of Helm. */
export interface LocalChart extends ChartInputs {
  readonly path: string
  readonly namespace: string
  /** Removes what was pulled. */
  remove(): void
}

/** Finds a chart, or pulls it. @throws Failure `source`, `helm-failed` */
export async function localChart(
  inputs: ChartInputs,
  namespace: string,
  helm: Helm,
  signal: AbortSignal,
): Promise<LocalChart> {
  const { chart, values } = inputs
  const missing = values.find((file) => !existsSync(file))
  if (missing !== undefined) throw sourceError(`${missing} does not exist.`)
  if (!chart.startsWith('oci://')) {
    if (!existsSync(join(chart, 'Chart.yaml'))) throw sourceError(`${chart} has no Chart.yaml.`)
    return { ...inputs, path: chart, namespace, remove: () => {} }
  }
  if (!/@sha256:[0-9a-f]{64}$/.test(chart))
    log.warning(`The chart ${chart} is not given by its digest, so the next release may get other templates.`)
  const folder = makeSecretFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const { status, errors } = await helm.run(['pull', chart, '--destination', folder], { signal })
  const [file] = readdirSync(folder)
  if (status === 0 && file !== undefined) return { ...inputs, path: join(folder, file), namespace, remove }
  remove()
  const remedy = 'correct chart, or log in to the registry in an earlier step: helm registry login.'
  throw helmFailure(`Nothing was changed: Helm cannot pull ${chart}`, errors, remedy)
}

/** What every call says that renders the chart. Pure. */
function sourceArgs({ name, path, namespace, values, set }: LocalChart): string[] {
  return [
    ...[name, path, '--namespace', namespace, '--skip-crds'],
    ...values.flatMap((file) => ['--values', file]),
    ...set.flatMap((line) => ['--set', line]),
  ]
}

/** The arguments of the upgrade, and of its dry-run: without its own values a chart would get those of the release before. Pure. */
export function upgradeArgs(chart: LocalChart): string[] {
  return ['upgrade', ...sourceArgs(chart), '--install', '--reset-values', '--server-side=auto']
}

/** The kinds that the chart makes, before anything is asked that needs a right. @throws Failure `source` */
export async function templateChart(
  helm: Helm,
  chart: LocalChart,
  kubeVersion: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const args = ['template', ...sourceArgs(chart), '--skip-tests', '--kube-version', kubeVersion]
  const { status, output, errors, exceeded } = await helm.run(args, { signal })
  if (status !== 0 || exceeded) throw cannotRender(chart, exceeded ?? errors)
  return objectsIn(output, chart.chart, chart.namespace)
}

/** What the upgrade would apply, as Helm renders it for this cluster. Changes nothing. @throws Failure `source` */
export async function renderChart(
  helm: Helm,
  chart: LocalChart,
  images: readonly Image[],
  signal: AbortSignal,
): Promise<RenderedChart> {
  const args = [...upgradeArgs(chart), '--dry-run=server', '--output', 'json']
  const { status, output, errors, exceeded } = await helm.run(args, { signal })
  if (status !== 0 || exceeded) throw cannotRender(chart, exceeded ?? errors)
  const rendered = await renderedIn(JSON.parse(output), chart.chart, chart.namespace)
  const all = [...rendered.objects, ...rendered.hooks]
  const digests = new Set(all.flatMap(imagesOf).map(({ image }) => digestOf(image)))
  const unused = images.filter(({ digest }) => !digests.has(digest))
  if (unused.length > 0)
    throw sourceError(`No pod template of the chart has the image ${unused.map(imageText).join(', ')}.`)
  return rendered
}

/** What a revision of the history applies; undefined where it is not kept any more. @throws Failure `source` */
export async function renderedRevision(
  helm: Helm,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  revision: number,
  signal: AbortSignal,
): Promise<RenderedChart | undefined> {
  const args = ['status', name, '--namespace', namespace, '--revision', String(revision), '--output', 'json']
  const { status, output } = await helm.run(args, { signal })
  return status === 0 ? renderedIn(JSON.parse(output), `revision ${revision} of ${name}`, namespace) : undefined
}

async function renderedIn(release: ReleaseJson, from: string, namespace: string): Promise<RenderedChart> {
  const { manifest = '', hooks = [], apply_method: method } = release
  const objects = await objectsIn(manifest, from, namespace)
  const texts = hooks
    // Tests are run by a person.
    .filter((hook) => !/helm\.sh\/hook"?: *"?test"?\s*$/m.test(hook.manifest ?? ''))
    .map((hook) => hook.manifest ?? '')
  const ofHooks = (await Promise.all(texts.map((text) => objectsIn(text, from, namespace)))).flat()
  for (const object of [...objects, ...ofHooks]) maskSecret(object)
  return { objects, hooks: ofHooks, hookText: texts.join('\n---\n'), serverSide: method === 'ssa' }
}

function cannotRender({ chart }: LocalChart, why: string): Failure {
  const { message } = helmFailure(`Helm cannot render ${chart}`, why)
  return new Failure('source', `${message}\nNothing was changed.`, 'correct the chart, values or set.')
}

function sourceError(what: string): Failure {
  return new Failure('source', `${what} Nothing was changed.`, 'correct chart, values or set.')
}
