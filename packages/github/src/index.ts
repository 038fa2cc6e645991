/** What Belay uses of GitHub's REST API: commits, artifacts of QA, and deployments. */
export {
  type Artifact,
  downloadArtifact,
  findQaResult,
  type QaResult,
  type QaRun,
} from './artifacts.ts'
export { type GitHub, type GitHubInputs, openGitHub, readGitHubInputs } from './client.ts'
export {
  branchesContaining,
  commitOf,
  commitsBetween,
  isSha,
  type Relation,
  relationOf,
  type ShortCommit,
} from './commits.ts'
export {
  type BelayDeployment,
  createDeployment,
  type DeploymentPayload,
  type DeploymentState,
  describe,
  findDeploymentOfRun,
  findLive,
  type LiveDeploy,
  type LiveInNamespace,
  type LiveWorkload,
  listDeployments,
  setStatus,
  wasLive,
} from './deployments.ts'
export { assertShape, GitHubError } from './failure.ts'
export { repositoryInfo } from './repository.ts'
export { hasJobEnded } from './runs.ts'
export { joinReleaseOfVersion, requestedCommit } from './version.ts'
