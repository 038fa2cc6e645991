/** A real Kubernetes cluster for tests, on this machine. */

export type { ApiAnswer, ApiOptions } from './api.ts'
export { type Cluster, type ClusterHandle, openCluster, until } from './cluster.ts'
export { registryPort } from './files.ts'
export { forwardPort } from './forward.ts'
export { type GithubIssuer, startGithubIssuer, trusting } from './github-issuer.ts'
export { type ImageContent, nodeContent, type TestImage } from './image.ts'
export type { Rule } from './role.ts'
export type { RunOptions } from './space.ts'
export { type ClusterOptions, type StartedCluster, startCluster } from './start.ts'
export { canRunHelm, canStartCluster } from './support.ts'
