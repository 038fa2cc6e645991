/** A local GitHub: the part of the API that Belay uses, faults by script. For tests and the rehearsal. */
export type {
  GitHubArtifact,
  GitHubCommit,
  GitHubDeployment,
  GitHubJob,
  GitHubPermissions,
  GitHubRepository,
  GitHubRun,
  GitHubStatus,
} from './objects.ts'
export { type GitHubRoute, githubRoutes } from './routes.ts'
export {
  type FakeGitHub,
  type GitHubBehaviour,
  type GitHubCall,
  type GitHubOptions,
  startFakeGitHub,
} from './server.ts'
export { zipOf } from './zip.ts'
