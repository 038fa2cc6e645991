import type { InputReader, ReleaseInputs } from '@belay/action-kit'

/** The default folder of a service on its hosts. */
export function servicePath({ service, environment }: Pick<ReleaseInputs, 'service' | 'environment'>): string {
  return `/srv/${service}/${environment}`
}

/**
 * Reads a folder on a host: absolute, of plain characters, and two levels deep or more, because files are removed below
 * it and it must not be shared. Returned without a slash at its end.
 */
export function readHostFolder(read: InputReader, name: string, options: { default: string; remedy: string }): string {
  const path = read.text(name, { default: options.default }).replace(/\/+$/, '')
  if (!isHostFolder(path)) read.issue(name, `is "${path || '/'}"`, options.remedy)
  return path
}

/** Whether a text is an absolute path of plain characters, two levels deep or more. */
export function isHostFolder(path: string): boolean {
  return /^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path) && !path.split('/').includes('..')
}
