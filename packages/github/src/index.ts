/** What Belay uses of GitHub's REST API: commits, artifacts of QA, and deployments. */
export {
  type Artifact,
  downloadArtifact,
  findQaResult as findProof,
  type QaResult as Proof,
  type QaRun as ProvenRun,
} from './artifacts.ts'
export { type GitHub, type GitHubInputs, openGitHub, readGitHubInputs } from './client.ts'
export {
  branchesContaining as branchesHolding,
  commitOf,
  commitsBetween,
  isSha,
  type Relation,
  relationOf,
  type ShortCommit,
} from './commits.ts'
export {
  type BelayDeployment as Deployed,
  createDeployment,
  type DeploymentPayload as Payload,
  type DeploymentState,
  describe,
  findDeploymentOfRun as findOfRun,
  findLive,
  type LiveDeploy,
  listDeployments,
  setStatus,
  wasLive,
} from './deployments.ts'
export { assertShape, GitHubError as GitHubRefusal } from './failure.ts'
export { repositoryInfo as aboutRepository } from './repository.ts'
export { joinReleaseOfVersion, requestedCommit as commitAskedFor } from './version.ts'
