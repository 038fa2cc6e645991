import { createHash } from 'node:crypto'
import { existsSync, globSync, statSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { BuiltinAction } from './builtin-action.ts'

/**
 * Stores files below the run's folder of artifacts. As on GitHub: the root is the deepest folder that all paths share,
 * hidden files are left out unless asked for, links are followed, and permissions are lost (every file is 0644).
 */
export const uploadArtifact: BuiltinAction = {
  does: 'stores the files in a folder of this machine',
  inputs: [
    'name',
    'path',
    'if-no-files-found',
    'include-hidden-files',
    'overwrite',
    'retention-days',
    'compression-level',
  ],
  async run({ inputs, workspace, artifacts, runId, warn }) {
    const name = inputs.name || 'artifact'
    const patterns = (inputs.path ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    const { files, root } = find(patterns, workspace, inputs['include-hidden-files'] === 'true')
    const store = join(artifacts, runId, name)
    if (files.length === 0) {
      const message = `No files were found with the provided path: ${patterns.join(', ')}. No artifacts will be uploaded.`
      const policy = inputs['if-no-files-found'] || 'warn'
      if (policy === 'error') throw new Error(message)
      if (policy === 'warn') warn(message)
      return {}
    }
    if (existsSync(store) && inputs.overwrite !== 'true') {
      throw new Error(
        `Failed to CreateArtifact: Received non-retryable error: an artifact with this name already exists on the workflow run (${name})`,
      )
    }
    await rm(store, { recursive: true, force: true })
    const digest = createHash('sha256')
    for (const file of files) {
      const target = join(store, relative(root, file))
      await mkdir(dirname(target), { recursive: true })
      await cp(file, target, { dereference: true })
      await chmod(target, 0o644)
      digest.update(`${relative(root, file)}\0`).update(await readFile(target))
    }
    return { 'artifact-id': runId, 'artifact-digest': digest.digest('hex'), 'artifact-url': `file://${store}` }
  },
}

/** The files that the patterns name and the folder that becomes the root of the artifact. */
function find(patterns: string[], workspace: string, hidden: boolean): { files: string[]; root: string } {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => resolve(workspace, pattern))
  const excluded = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => resolve(workspace, pattern.slice(1)))
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()
  const found = wanted.flatMap((pattern) => globSync(isFolder(pattern) ? join(pattern, '**') : pattern))
  const without = new Set(excluded.flatMap((pattern) => globSync(isFolder(pattern) ? join(pattern, '**') : pattern)))
  const files = [...new Set(found)]
    .filter((path) => !without.has(path) && statSync(path).isFile())
    .filter(
      (path) =>
        hidden ||
        !relative(workspace, path)
          .split(sep)
          .some((part) => part.startsWith('.') && part !== '..'),
    )
    .sort()
  const bases = wanted.map((pattern) => (isFolder(pattern) ? pattern : fixedPart(pattern)))
  return { files, root: sharedFolder(bases.length > 0 ? bases : [workspace]) }
}

/** The folder of a pattern before its first wildcard. */
function fixedPart(pattern: string): string {
  const wildcard = pattern.search(/[*?[{]/)
  return dirname(wildcard < 0 ? pattern : `${pattern.slice(0, wildcard)}x`)
}

function sharedFolder(folders: string[]): string {
  const [first = '/', ...others] = folders
  return others.reduce((shared, folder) => {
    const parts = folder.split(sep)
    const same = shared.split(sep).findIndex((part, at) => part !== parts[at])
    return same < 0 ? shared : shared.split(sep).slice(0, same).join(sep) || sep
  }, first)
}
