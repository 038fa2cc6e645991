import type { Commit } from './commit.ts'
import type { Pair } from './inputs.ts'

/** The image's labels, by OCI's names. Labels of the user win. `created` is the commit's time, so builds are repeatable. */
export function labelsOf(
  commit: Commit,
  version: string,
  given: readonly Pair[],
  env: NodeJS.ProcessEnv = process.env,
): Pair[] {
  const repository = env.GITHUB_REPOSITORY
  const source = repository ? `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}` : ''
  const created = commit.time === undefined ? '' : new Date(commit.time * 1000).toISOString().replace('.000', '')
  const own = { source, revision: commit.sha, version, created }
  const labels = new Map(Object.entries(own).map(([name, value]) => [`org.opencontainers.image.${name}`, value]))
  for (const { name, value } of given) labels.set(name, value)
  return [...labels].flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]))
}
