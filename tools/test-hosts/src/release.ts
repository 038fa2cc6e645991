import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a release of the test service is, and how it misbehaves (see service.mjs). */
export interface ReleaseContent {
  sha: string
  version: string
  /** Default `acme-api`. */
  service?: string
  /** Files besides server.mjs and release.json, the same in every version; default 3. */
  files?: number
  crash?: 'start'
  /** Status of GET /health. */
  health?: number
  /** Milliseconds before it listens. */
  slowStart?: number
  /** Accepts requests, never answers. */
  hang?: boolean
}

/** Writes a folder that can be released: the service, its release.json, and some files. */
export async function writeRelease(dir: string, content: ReleaseContent): Promise<void> {
  const { files = 3, service = 'acme-api', ...rest } = content
  await mkdir(join(dir, 'assets'), { recursive: true })
  await writeFile(join(dir, 'release.json'), `${JSON.stringify({ service, ...rest }, null, 2)}\n`)
  await copyFile(join(import.meta.dirname, 'service.mjs'), join(dir, 'server.mjs'))
  for (let number = 1; number <= files; number++) {
    await writeFile(join(dir, 'assets', `${number}.txt`), `Asset ${number} of ${service}.\n`)
  }
}
