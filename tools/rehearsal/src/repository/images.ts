import { basename, posix } from 'node:path'
import type { DerivedStep } from '@belay/workflow-runner'
import { parse } from 'yaml'
import { registryOf } from '../../../../actions/deploy-ssh/src/image.ts'
import type { DerivedUnit } from './facts.ts'
import type { HostSettings } from './settings.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** The team's folder on its servers, in which Docker Compose runs a service; undefined: something else runs it. */
export function composeFolderOf({ restart }: Pick<DerivedUnit, 'restart'>): string | undefined {
  return /^compose:(.+)$/.exec(restart)?.[1]
}

export function isCompose(unit: Pick<DerivedUnit, 'restart'>): boolean {
  return composeFolderOf(unit) !== undefined
}

const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/** The file that Compose reads in the folder of each service: what `rehearsal.yml` names, else the one of the repository. */
export function foundCompose(
  units: readonly Pick<DerivedUnit, 'restart'>[],
  files: HostSettings['files'],
  repository: readonly string[],
): HostSettings['files'] {
  const [one, another] = repository.filter((path) => composeNames.includes(basename(path)))
  const folders = units.flatMap((unit) => composeFolderOf(unit) ?? [])
  const missing = folders.filter((folder) => !composeNames.some((name) => `${folder}/${name}` in files))
  return one && !another ? Object.fromEntries(missing.map((folder) => [`${folder}/${basename(one)}`, one])) : {}
}

/** The text of the file that Compose reads in a folder of a server. */
export function composeTextIn(folder: string, texts: Readonly<Record<string, string>>): string | undefined {
  return composeNames.map((name) => texts[`${folder}/${name}`]).find((text) => text !== undefined)
}

/** What a Compose file runs besides what a release sets. Pure. */
export interface ComposeImages {
  /** Images that are written without a variable. */
  readonly named: readonly string[]
  /** Services that Compose would build. */
  readonly built: readonly string[]
}

/** Empty for a file that is no Compose file: Compose itself says what is wrong with it. */
export function composeImagesIn(text: string): ComposeImages {
  const services = Object.entries(servicesIn(text))
  const images = services.flatMap(([, { image }]) => (typeof image === 'string' ? [image] : []))
  return {
    named: [...new Set(images.filter((image) => !image.includes('$')))],
    built: services.flatMap(([name, { build }]) => (build === undefined ? [] : [name])),
  }
}

function servicesIn(text: string): Record<string, { readonly image?: unknown; readonly build?: unknown }> {
  try {
    const { services } = (parse(text, { merge: true }) ?? {}) as { services?: Record<string, object | null> }
    return Object.fromEntries(Object.entries(services ?? {}).map(([name, service]) => [name, service ?? {}]))
  } catch {
    return {}
  }
}

/** The steps of a workflow that build an image. */
export function buildsIn({ steps }: Pick<ReleaseWorkflow, 'steps'>): DerivedStep[] {
  return steps.filter((step) => step.action === 'actions/build-image' && !isPromotion(step))
}

/** Moves tags of a registry. */
export function isPromotion({ action, inputs }: Pick<DerivedStep, 'action' | 'inputs'>): boolean {
  return action === 'actions/build-image' && inputs.command === 'promote'
}

/** Where a step gets the name of its image: a variable, or the output of another job; undefined: it is in the workflow. */
export function imageSource({ written }: Pick<DerivedStep, 'written'>): 'output' | { variable: string } | undefined {
  const text = (written.image ?? '').trim()
  if (text === '') return written.settings ? { variable: 'BELAY_IMAGE' } : undefined
  if (/^\$\{\{\s*(?:needs|steps)\./.test(text)) return 'output'
  const [, variable] = /^\$\{\{\s*vars\.(\w+)\s*\}\}$/.exec(text) ?? []
  return variable ? { variable } : undefined
}

/** The same image in another registry. */
export function inRegistry(image: string, address: string): string {
  const own = registryOf(image)
  return `${address}/${own ? image.slice(own.length + 1) : image}`
}

/** The Dockerfile of a step, relative to the repository. */
export function dockerfileOf({ inputs }: Pick<DerivedStep, 'inputs'>): string {
  return inputs.file || posix.join(inputs.context || '.', 'Dockerfile')
}

/** The images that a Dockerfile takes from a registry, as far as it says them. `given`: lines of build arguments. Pure. */
export function basesIn(text: string, given = ''): string[] {
  const argument = /^\s*(?:ARG\s+)?(\w+)=["']?([^"'\s]*)/i
  const values = new Map<string, string>()
  for (const line of [...text.split('\n').filter((one) => /^\s*ARG\s/i.test(one)), ...given.split('\n')]) {
    const [, name, value] = argument.exec(line) ?? []
    if (name) values.set(name, value ?? '')
  }
  const filled = (image: string) => image.replaceAll(/\$\{?(\w+)\}?/g, (whole, name) => values.get(name) ?? whole)
  const [, syntax] = /^#\s*syntax\s*=\s*(\S+)/im.exec(text) ?? []
  const stages = [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*\S+\s+AS\s+(\S+)/gim)].map(([, name = '']) => name)
  const from = [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, image = '']) => filled(image))
  const copied = [...text.matchAll(/^\s*COPY\s+(?:--\S+\s+)*--from=(\S+)/gim)].map(([, image = '']) => filled(image))
  const isImage = (image: string) => image !== 'scratch' && !stages.includes(image) && !/^\d+$/.test(image)
  return [...new Set([...(syntax ? [syntax] : []), ...[...from, ...copied].filter(isImage)])]
}

/** An image of Node.js, which the rehearsal makes from the one of this machine. */
export function isNodeImage(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?node(?:[:@]|$)/.test(image)
}
