import type { Slot, SwitchFacts } from '../../src/inspect.ts'

/** What a host says that has everything and on which nothing is under way. Slots with a weight have the traffic. */
export const facts = (slots: readonly Slot[], more: Partial<SwitchFacts> = {}): SwitchFacts => ({
  host: 'web1',
  user: 'deploy',
  root: false,
  slots: [...slots],
  active: slots.filter(({ weight }) => weight > 0).map(({ name }) => name),
  hasDeployScript: true,
  last: undefined,
  committedSwitches: [],
  retainedSeconds: undefined,
  newest: '',
  state: '',
  lock: { held: false, holder: '', endsInSeconds: 0 },
  missing: [],
  notices: [],
  killsProcesses: false,
  recovery: true,
  sudo: [],
  ...more,
})
