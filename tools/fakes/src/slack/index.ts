/** A local Slack: its API as measured (docs/research/slack.md), faults by script. For tests and the rehearsal. */
export { blockProblem, type ContentProblem } from './blocks.ts'
export {
  type FakeSlack,
  type SlackBehaviour,
  type SlackCall,
  type SlackOptions,
  startFakeSlack,
} from './server.ts'
export type { SlackChannel, SlackMessage, SlackToken, SlackVersion } from './workspace.ts'
