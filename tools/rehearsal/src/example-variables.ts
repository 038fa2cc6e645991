import type { FakeSlack } from '@belay/fakes/slack'

/** What every example's environments have. Their gates ask each second, so that people who watch wait less. */
export function exampleVariables(slack: Pick<FakeSlack, 'url'>): Record<string, string> {
  return { BELAY_SLACK_CHANNEL: '#releases', BELAY_SLACK_API_URL: slack.url, BELAY_GATE_INTERVAL: '1s' }
}

/** The same, for those who watch. */
export const shorterGate = '          The gates ask each second (BELAY_GATE_INTERVAL), not each two.'
