import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BoundedEnd, childEnvironment, Failure, makeSecretFolder, runBounded } from '@belay/action-kit'
import { onPath } from '../kubectl.ts'
import { openRelay } from './relay.ts'

/** Helm on this runner, with a way to the cluster. */
export interface Helm {
  /** Runs it to its end, whatever that is. */
  run(args: readonly string[], options: HelmRunOptions): Promise<BoundedEnd>
  close(): void
}

export interface HelmRunOptions {
  readonly signal: AbortSignal
  /** In milliseconds. */
  readonly timeoutMs?: number
}

const oldestMajor = 4
const longestMs = 120_000
/** In characters: a release as JSON has its whole chart. */
const longestOutput = 60_000_000

/**
 * Finds Helm, and gives it a way to the cluster by the socket of `kubectl proxy`. So it has no login of its own: its
 * kubeconfig names a port of this process alone.
 * @throws Failure `tools` where PATH has none that fits
 */
export async function openHelm(socket: string, signal: AbortSignal): Promise<Helm> {
  const program = onPath('helm')
  if (program === undefined) throw new Failure('tools', 'The runner has no helm.', installRemedy)
  const env = helmEnvironment()
  const { output } = await runBounded(program, ['version', '--template={{.Version}}'], {
    env,
    keptCharacters: 10_000,
    timeoutMs: 30_000,
    signal,
  })
  const version = /^v(\d+\.\d+\.\d+)/.exec(output.trim())?.[1]
  if (version === undefined) throw new Failure('tools', `${program} does not say its version.`, installRemedy)
  if (Number(version.split('.')[0]) < oldestMajor)
    throw new Failure('tools', `${program} is Helm ${version}, and Belay needs Helm ${oldestMajor}.`, installRemedy)
  const folder = makeSecretFolder()
  const relay = await openRelay(socket)
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, JSON.stringify(configOf(relay.server)), { mode: 0o600 })
  return {
    run: (args, { signal: ends, timeoutMs = longestMs }) =>
      runBounded(program, args, {
        // Its caches go with the folder.
        env: {
          ...env,
          KUBECONFIG: kubeconfig,
          KUBECACHEDIR: join(folder, 'api'),
          HELM_CACHE_HOME: join(folder, 'cache'),
        },
        keptCharacters: longestOutput,
        whole: true,
        timeoutMs,
        signal: ends,
      }),
    close() {
      relay.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const installRemedy = `install Helm ${oldestMajor} in an earlier step, such as azure/setup-helm.`

/** Without what would lead it to another cluster or namespace, or add to its output. */
export function helmEnvironment(env: NodeJS.ProcessEnv = childEnvironment()): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(KUBECONFIG|HELM_(KUBE.*|NAMESPACE|DEBUG))$/.test(name)),
  )
}

function configOf(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: '' } }],
    'current-context': 'c',
  }
}
