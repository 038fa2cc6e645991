export { type Slack, type SlackBehaviour, type SlackCall, type SlackOptions, startSlack } from './slack.ts'
export { blockProblem, type ContentProblem } from './slack-blocks.ts'
export type { SlackChannel, SlackMessage, SlackToken } from './slack-workspace.ts'
