import type { InputReader } from '@belay/action-kit'
import { type Image, imageText } from '@belay/kubernetes'

/** A chart that Helm releases. */
export interface ChartInputs {
  /** A folder, or `oci://…`. */
  readonly chart: string
  /** Files, of which the last one wins. */
  readonly values: readonly string[]
  /** `KEY=VALUE` as `helm --set` takes it. */
  readonly set: readonly string[]
  /** The name of the Helm release. */
  readonly name: string
}

/** Helm's own rule. */
const validName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const longestName = 53

/** Undefined where the objects come from elsewhere. `conflicting`: inputs that are given and exclude a chart. */
export function readChart(
  read: InputReader,
  images: readonly Image[],
  service: string,
  conflicting: readonly string[],
): ChartInputs | undefined {
  const chart = read.text('chart')
  const values = read.lines('values')
  const lines = read.lines('set')
  const given = read.text('helm-release')
  if (chart === '') {
    for (const [name, isGiven] of [
      ['values', values.length > 0],
      ['set', lines.length > 0],
      ['helm-release', given !== ''],
    ] as const)
      if (isGiven) read.issue(name, 'is given without chart', 'Give chart too, or leave it out.')
    return undefined
  }
  for (const name of conflicting)
    read.issue('chart', `is given together with ${name}`, `Give only one of the two: a chart knows no ${name}.`)
  if (/^[a-z]+:\/\//.test(chart) && !chart.startsWith('oci://'))
    read.issue('chart', `is "${chart}"`, 'Give a folder of the repository, or oci://….')
  return { chart, values, set: readSet(read, lines, images), name: readHelmRelease(read, service) }
}

/** The name of the Helm release. */
export function readHelmRelease(read: InputReader, otherwise: string): string {
  const name = read.text('helm-release') || otherwise
  if (name !== '' && (name.length > longestName || !validName.test(name)))
    read.issue('helm-release', `is "${name}"`, `Give small letters, digits, "-" and ".", ${longestName} at most.`)
  return name
}

function readSet(read: InputReader, lines: readonly string[], images: readonly Image[]): string[] {
  for (const line of lines)
    if (!/^[^=\s]+=/.test(line)) read.issue('set', `"${line}" is not KEY=VALUE`, 'Give one value a line.')
  const uses = lines.some((line) => /\{(image|digest)\}/.test(line))
  if (uses && images.length !== 1)
    read.issue('set', `has {image} or {digest}, and images has ${images.length} lines`, 'Give one image.')
  if (!uses && images.length > 0)
    read.issue(
      'images',
      'is given with a chart whose set does not use it',
      'Say in set where the chart takes it: image={image}, or image.digest={digest}.',
    )
  const [image] = images
  if (!image) return [...lines]
  return lines.map((line) => line.replaceAll('{image}', imageText(image)).replaceAll('{digest}', image.digest))
}
