import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment, mask, runBounded } from '@belay/action-kit'

/** The login for a registry. An identity token takes the place of a password, as at Azure. */
export type Credentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string }
  | undefined

/** The part of Docker's configuration about logins that is read here. */
export interface DockerConfig {
  auths?: Record<string, { auth?: string; identitytoken?: string }>
  credsStore?: string
  credHelpers?: Record<string, string>
  cliPluginsExtraDirs?: string[]
}

/** The folder of Docker's configuration and logins: `DOCKER_CONFIG`, else `~/.docker`. */
export function dockerFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker')
}

/** Docker's own configuration; empty if it is missing or unreadable. */
export function readDockerConfig(folder: string): DockerConfig {
  try {
    return JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as DockerConfig
  } catch {
    return {}
  }
}

/** Docker keeps the logins of Docker Hub under an old address. */
export function loginKey(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry
}

/** The login that an earlier step of the job left with Docker, from its file or its credential helper. */
export async function storedCredentials(registry: string, folder: string): Promise<Credentials> {
  const config = readDockerConfig(folder)
  const key = loginKey(registry)
  const helper = config.credHelpers?.[key] ?? config.credsStore
  if (helper) return askHelper(helper, key)
  const entry = config.auths?.[key] ?? config.auths?.[`https://${key}`]
  if (entry?.identitytoken) return { identityToken: entry.identitytoken }
  const [, username = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(entry?.auth ?? '', 'base64').toString('utf8')) ?? []
  return username === '' ? undefined : { username, password }
}

async function askHelper(helper: string, key: string): Promise<Credentials> {
  const options = { env: childEnvironment(), input: key, timeoutMs: 10_000, keptCharacters: 1_000_000, whole: true }
  const ended = await runBounded(`docker-credential-${helper}`, ['get'], options).catch(() => undefined)
  // A helper that does not know the registry fails: the job has no login there.
  const found = ended?.status === 0 ? credentialsIn(ended.output) : undefined
  if (!found) return undefined
  const { Username: username, Secret: secret } = found
  mask(secret)
  return username === '<token>' ? { identityToken: secret } : { username, password: secret }
}

/** The login that a helper printed; undefined if it printed none. */
function credentialsIn(stdout: string): { Username: string; Secret: string } | undefined {
  try {
    const { Username = '', Secret = '' } = JSON.parse(stdout) as { Username?: string; Secret?: string }
    return Secret === '' ? undefined : { Username, Secret }
  } catch {
    return undefined
  }
}
