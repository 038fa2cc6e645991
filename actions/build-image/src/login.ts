import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Image } from './image.ts'
import { dockerFolder, loginKey, readDockerConfig } from './registry/credentials.ts'

/** Where a step keeps what must be gone at its end: Docker's configuration with the login in it, the metadata file. */
export function privateFolder(journalFolder: string, step: string): string {
  return join(journalFolder, step)
}

export function removePrivate(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Writes a Docker configuration of this step's own: what the job's has, and the login. Not by `docker login`, which would
 * hand the password to the job's credential store, if it has one, and needs a daemon. Returns the variables that lead there.
 */
export function writeDockerConfig(
  folder: string,
  { registry }: Image,
  { username, password }: { username: string; password: string },
): Record<string, string> {
  const theirs = resolve(dockerFolder())
  const own = join(folder, 'docker')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  // Contexts and plugins are looked for beside the file.
  for (const name of ['contexts', 'cli-plugins']) {
    if (existsSync(join(theirs, name))) symlinkSync(join(theirs, name), join(own, name))
  }
  const config = readDockerConfig(theirs)
  const key = loginKey(registry)
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  const content = {
    ...config,
    auths: { ...config.auths, [key]: { auth } },
    // For this registry the file holds, whatever keeps the others.
    ...(config.credsStore || config.credHelpers ? { credHelpers: { ...config.credHelpers, [key]: '' } } : {}),
  }
  writeFileSync(join(own, 'config.json'), JSON.stringify(content), { mode: 0o600 })
  // Builders stay where they are: they outlive this step.
  return { DOCKER_CONFIG: own, BUILDX_CONFIG: process.env.BUILDX_CONFIG || join(theirs, 'buildx') }
}
