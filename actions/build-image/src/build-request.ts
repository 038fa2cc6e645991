import type { BuildInputs, Pair, Secret } from './inputs.ts'

/** What an engine needs for one build. */
export interface BuildRequest
  extends Pick<
    BuildInputs,
    | 'context'
    | 'file'
    | 'target'
    | 'platforms'
    | 'buildArgs'
    | 'secrets'
    | 'cacheFrom'
    | 'cacheTo'
    | 'provenance'
    | 'sbom'
  > {
  /** `ghcr.io/acme/api:sha-…`; all of them name the built image. */
  readonly refs: readonly string[]
  readonly labels: readonly Pair[]
  /** The commit's time, in seconds since 1970. */
  readonly epoch: number | undefined
  readonly push: boolean
}

/** `--secret` of a build, and the variables with the values: no value is on a command line. */
export function secretArguments(secrets: readonly Secret[]): { args: string[]; env: Record<string, string> } {
  const args: string[] = []
  const env: Record<string, string> = {}
  for (const [index, { id, from }] of secrets.entries()) {
    const variable = `BELAY_SECRET_${index}`
    if ('value' in from) env[variable] = from.value
    args.push('--secret', 'value' in from ? `id=${id},env=${variable}` : `id=${id},${csvField(`src=${from.path}`)}`)
  }
  return { args, env }
}

/** `--NAME name=value` for each pair. */
export function pairArguments(option: string, pairs: readonly Pair[]): string[] {
  return pairs.flatMap(({ name, value }) => [option, `${name}=${value}`])
}

/** Docker reads list options as CSV. */
function csvField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
