import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, Failure, runBounded } from '@belay/action-kit'

/** A kubectl on this runner. */
export interface Kubectl {
  readonly program: string
}

/** The environment of kubectl: without inputs, and without a file of preferences that could change what it does. */
export function kubectlEnvironment(): NodeJS.ProcessEnv {
  return { ...childEnvironment(), KUBERC: 'off' }
}

/** The first program of this name on PATH. */
export function onPath(name: string): string | undefined {
  const folder = (process.env.PATH ?? '').split(':').find((one) => one !== '' && existsSync(join(one, name)))
  return folder && join(folder, name)
}

/** @throws Failure `tools` where PATH has none */
export function findKubectl(): Kubectl {
  const program = onPath('kubectl')
  if (program === undefined) throw new Failure('tools', 'The runner has no kubectl.', installRemedy)
  return { program }
}

/** Such as `1.36.3`. @throws Failure `tools` where it does not run */
export async function kubectlVersion({ program }: Kubectl, signal: AbortSignal): Promise<string> {
  const { status, output, errors } = await runBounded(program, ['version', '--client', '--output=json'], {
    env: kubectlEnvironment(),
    keptCharacters: 10_000,
    timeoutMs: 30_000,
    signal,
  })
  const version = /"gitVersion": *"v(\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (status === 0 && version !== undefined) return version
  throw new Failure('tools', `${program} does not say its version: ${errors.trim().slice(0, 300)}`, installRemedy)
}

const installRemedy = 'install kubectl in an earlier step, in the version of the cluster.'

/** What a server says of itself. */
export interface ServerVersion {
  readonly major: string
  readonly minor: string
}

/**
 * kubectl supports servers one minor version older or newer than itself.
 * @throws Failure `tools` for any other one
 */
export function assertSkew(kubectl: string, server: ServerVersion): void {
  const [major, minor] = kubectl.split('.').map(Number)
  const [serverMajor, serverMinor] = [Number.parseInt(server.major, 10), Number.parseInt(server.minor, 10)]
  if (major === serverMajor && Math.abs((minor ?? 0) - serverMinor) <= 1) return
  throw new Failure(
    'tools',
    `kubectl ${kubectl} does not fit the server's version ${serverMajor}.${serverMinor}: they may differ by one minor version. Belay downloads no kubectl, because it has no checksum for one.`,
    `install kubectl ${serverMajor}.${serverMinor} in an earlier step.`,
  )
}

/** The objects that kustomize makes of a folder, as YAML. @throws Failure `source` */
export async function kustomize({ program }: Kubectl, folder: string, signal: AbortSignal): Promise<string> {
  const { status, output, errors, exceeded } = await runBounded(program, ['kustomize', folder], {
    env: kubectlEnvironment(),
    keptCharacters: 20_000_000,
    whole: true,
    timeoutMs: 120_000,
    signal,
  })
  if (status === 0 && !exceeded) return output
  const why = exceeded ? `it exceeded the limit of ${exceeded}` : errors.trim().slice(-1500)
  throw new Failure('source', `kustomize cannot build ${folder}: ${why}`, 'run `kubectl kustomize` on that folder.')
}
