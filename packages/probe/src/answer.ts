/** What one answer says: for processes that only ask, which start sooner without the rest. */

export { assess } from './response.ts'
export type { StatusSet } from './status-set.ts'
export { parseVersionSource, type VersionSource } from './version-source.ts'
