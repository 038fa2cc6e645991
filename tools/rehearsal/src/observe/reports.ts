import type { FakeGitHub, GitHubDeployment } from '@belay/fakes/github'
import type { FakeSlack, SlackMessage } from '@belay/fakes/slack'

/** What a run has reported to Slack and GitHub, oldest first. */
export interface Reports {
  readonly messages: readonly SlackMessage[]
  readonly deployments: readonly GitHubDeployment[]
}

/** Returns a reader of everything that is reported from now on. */
export function followReports(slack: FakeSlack, github: FakeGitHub): () => Reports {
  const messages = slack.messages().length
  const deployments = github.deployments().length
  return () => ({
    messages: slack.messages().slice(messages),
    deployments: github.deployments().toReversed().slice(deployments),
  })
}
