export * from './identity.ts'
export * from './record.ts'
export * from './result.ts'
export * from './semver.ts'
