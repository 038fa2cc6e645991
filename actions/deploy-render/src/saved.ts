import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { DeployContent } from './api-objects.ts'
import type { DeployRequest } from './trigger-deploy.ts'

/** What post needs to undo the deploys; written to the journal before anything changes. Holds no secret in clear. */
export interface SavedDeploys {
  readonly service: string
  readonly apiUrl: string
  /** In the order in which they are deployed; those of a group together. */
  readonly groups: readonly (readonly SavedService[])[]
}

/** One service on Render. The optional fields are filled in during its deploy. */
export interface SavedService {
  readonly id: string
  readonly name: string
  readonly dashboardUrl: string
  readonly content: DeployContent | undefined
  /** The deploy that was live before the release. */
  readonly previous: { readonly id: string; readonly name: string } | undefined
  readonly autoDeploy: boolean
  /** It has a disk and is not named in `undo-disks`, so it must not be rolled back. */
  readonly pinnedByDisk: boolean
  /** The deploy was requested, or may have been. */
  request?: DeployRequest | undefined
  deployId?: string
  /** Variables that were changed, or may have been. */
  env?: readonly SavedVariable[]
  /** The same as `request` and `deployId`, for the rollback. */
  rollbackRequest?: DeployRequest | undefined
  rollbackId?: string
}

export interface SavedVariable {
  readonly key: string
  /** The previous value, sealed; undefined if the variable did not exist. */
  readonly sealedBefore: string | undefined
  /** A digest of the value that was set: only a variable that still has it is restored. */
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

/** A digest to recognise the value that was set, without storing it. */
export function digestOf(value: string, apiKey: string): string {
  return createHash('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22)
}
