import { join } from 'node:path'

/** Belay's own checkout. */
export const belayRoot = join(import.meta.dirname, '../../..')

/** The folder of an example: what the repository of a system holds. */
export function exampleFolder(name: string): string {
  return join(belayRoot, 'examples', name)
}

export function workflowPath(root: string, name: string): string {
  return join(root, '.github/workflows', name)
}
