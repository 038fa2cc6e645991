/** What Belay asks of GitHub's REST API: commits, what QA proved, and deployments. */
export { type Artifact, downloadArtifact, findProof, type Proof, type ProvenRun } from './artifacts.ts'
export { type GitHub, type GitHubInputs, openGitHub, readGitHubInputs } from './client.ts'
export {
  branchesHolding,
  commitOf,
  commitsBetween,
  isSha,
  type Relation,
  relationOf,
  type ShortCommit,
} from './commits.ts'
export {
  createDeployment,
  type Deployed,
  type DeploymentState,
  describe,
  findLive,
  findOfRun,
  type LiveDeploy,
  listDeployments,
  type Payload,
  setStatus,
  wasLive,
} from './deployments.ts'
export { assertShape, GitHubRefusal } from './failure.ts'
export { aboutRepository } from './repository.ts'
export { commitAskedFor, joinReleaseOfVersion } from './version.ts'
