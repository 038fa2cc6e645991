import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Image } from './image.ts'
import { dockerFolder, loginKey, readDockerConfig } from './registry/credentials.ts'

/** The folder for files that a step removes at its end: Docker's configuration with the login, the metadata file. */
export function privateFolder(journalFolder: string, step: string): string {
  return join(journalFolder, step)
}

export function removePrivate(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Writes a Docker configuration for this step: the job's configuration and the login. It does not run `docker login`, which
 * would give the password to the job's credential store, if it has one, and needs a daemon. Returns the variables that
 * point to the configuration.
 */
export function writeDockerConfig(
  folder: string,
  { registry }: Image,
  { username, password }: { username: string; password: string },
): Record<string, string> {
  const jobConfig = resolve(dockerFolder())
  const own = join(folder, 'docker')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  // Docker finds contexts and plugins beside the file.
  for (const name of ['contexts', 'cli-plugins']) {
    if (existsSync(join(jobConfig, name))) symlinkSync(join(jobConfig, name), join(own, name))
  }
  const config = readDockerConfig(jobConfig)
  const key = loginKey(registry)
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  const content = {
    ...config,
    auths: { ...config.auths, [key]: { auth } },
    // For this registry the file is used, whatever stores the other logins.
    ...(config.credsStore || config.credHelpers ? { credHelpers: { ...config.credHelpers, [key]: '' } } : {}),
  }
  writeFileSync(join(own, 'config.json'), JSON.stringify(content), { mode: 0o600 })
  // Builders stay in the folder of the job: they outlive this step.
  return { DOCKER_CONFIG: own, BUILDX_CONFIG: process.env.BUILDX_CONFIG || join(jobConfig, 'buildx') }
}
