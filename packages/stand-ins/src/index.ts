export { type GitHubBehaviour, type GitHubCall, type GitHubOptions, type LocalGitHub, startGitHub } from './github.ts'
export type {
  GitHubArtifact,
  GitHubCommit,
  GitHubDeployment,
  GitHubPermissions,
  GitHubRepository,
  GitHubRun,
  GitHubStatus,
} from './github-repository.ts'
export { zipOf } from './github-zip.ts'
export { type Slack, type SlackBehaviour, type SlackCall, type SlackOptions, startSlack } from './slack.ts'
export { blockProblem, type ContentProblem } from './slack-blocks.ts'
export type { SlackChannel, SlackMessage, SlackToken } from './slack-workspace.ts'
