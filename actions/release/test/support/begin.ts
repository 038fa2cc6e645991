import { readInputs } from '@belay/action-kit'
import { vi } from 'vitest'
import { readBeginInputs } from '../../begin/src/inputs.ts'

/** From here on the inputs are read as in a job of a repository. */
export function beginJob(): void {
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
}

/** What is said of these inputs before anything changes; empty where nothing is. */
export function said(
  target: string,
  given: string,
  variables: Record<string, string> = {},
  inputs: Record<string, string> = {},
): string {
  const raw: Record<string, string> = {
    target,
    environment: 'qa',
    given: `environment ${given}`,
    settings: JSON.stringify(variables),
    ...inputs,
  }
  try {
    const read = readInputs(readBeginInputs, (name) => raw[name] ?? '')
    return read.target === (target || 'ssh') ? '' : 'another target'
  } catch (error) {
    return (error as Error).message
  }
}
