import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { DeployContent } from './api-objects.ts'
import type { DeployRequest } from './trigger-deploy.ts'

/** What post needs to put services back; written to the journal before anything changes. Holds no secret in clear. */
export interface SavedDeploys {
  readonly service: string
  readonly apiUrl: string
  /** In the order in which they are deployed; those of a group together. */
  readonly groups: readonly (readonly SavedService[])[]
}

/** One service of Render's. Its fields are filled in as its deploy goes on. */
export interface SavedService {
  readonly id: string
  readonly name: string
  readonly dashboardUrl: string
  readonly content: DeployContent | undefined
  /** The deploy that was live before. */
  readonly previous: { readonly id: string; readonly name: string } | undefined
  readonly autoDeploy: boolean
  /** It keeps data on a disk and was not named among those that may go back. */
  readonly pinnedByDisk: boolean
  /** The deploy was, or was perhaps, asked for. */
  request?: DeployRequest | undefined
  deployId?: string
  /** Variables that were, or were perhaps, changed. */
  env?: readonly SavedVariable[]
  /** The way back: the same for the rollback. */
  rollbackRequest?: DeployRequest | undefined
  rollbackId?: string
}

export interface SavedVariable {
  readonly key: string
  /** Undefined: there was none. */
  readonly sealedBefore: string | undefined
  /** A digest of what was set: only what still holds it is put back. */
  readonly setDigest: string
}

/**
 * Seals a value with the API key, which post has as well: the journal lies on the runner's disk, where the values of
 * variables must not be read.
 */
export function seal(value: string, apiKey: string): string {
  const salt = randomBytes(16)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12))
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([salt, cipher.getAuthTag(), sealed]).toString('base64')
}

/** @throws Error where it was sealed with another key */
export function unseal(sealed: string, apiKey: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const salt = bytes.subarray(0, 16)
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(16, 32))
  return decipher.update(bytes.subarray(32), undefined, 'utf8') + decipher.final('utf8')
}

function keyFrom(apiKey: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', apiKey, salt, 'belay deploy-render variables', 32))
}

/** Tells whether a value is the one that was set, without holding it. */
export function digestOf(value: string, apiKey: string): string {
  return createHash('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22)
}
