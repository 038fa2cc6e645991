// Adds a release to the table of tools that migrate-db may download, with checksums of its real files:
//   npm run pin-tool -- dbmate 2.26.0
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  arches,
  type Pin,
  type PinnedName,
  parseToolVersion,
  releaseServer,
  toolReleases,
} from '../actions/migrate-db/src/pinned-tools.ts'

/**
 * Downloads the files of a release and writes their checksums into a table.
 * @throws Error if a file is missing; then the table does not change
 */
export async function pinTool(tool: PinnedName, version: string, table: string, server = releaseServer): Promise<Pin> {
  const sums = arches.map(async (arch) => {
    const url = new URL(toolReleases[tool].path(version, arch), server)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`)
    const hash = createHash('sha256')
    for await (const chunk of response.body ?? []) hash.update(chunk)
    return [arch, hash.digest('hex')]
  })
  const pin = { tool, version, sha256: Object.fromEntries(await Promise.all(sums)) } as Pin
  const others = (JSON.parse(readFileSync(table, 'utf8')) as Pin[]).filter(
    (one) => one.tool !== tool || one.version !== version,
  )
  const sorted = [...others, pin].sort(
    (a, b) => a.tool.localeCompare(b.tool) || a.version.localeCompare(b.version, 'en', { numeric: true }),
  )
  writeFileSync(table, `${JSON.stringify(sorted, null, 2)}\n`)
  return pin
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [tool = '', text = ''] = process.argv.slice(2)
  const { version } = parseToolVersion(text) ?? {}
  if (!(tool in toolReleases) || version === undefined) {
    console.error(
      `The tool or its version is missing or unknown. How to fix: give one of ${Object.keys(toolReleases).join(', ')} and a version, as npm run pin-tool -- dbmate 2.26.0`,
    )
    process.exit(1)
  }
  const table = join(import.meta.dirname, '../actions/migrate-db/src/pinned-tools.json')
  console.log(JSON.stringify(await pinTool(tool as PinnedName, version, table), null, 2))
  console.log('Compare the checksums with those that the authors publish, then run: npm run build')
}
