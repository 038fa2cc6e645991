/** The probe engine: takes samples of every instance until a verdict is certain or the deadline is there. */
export { type Answer, assess, bodyLimit, type Expectation } from './answer.ts'
export { type Clock, realClock } from './clock.ts'
export {
  type Found,
  type Instance,
  type Probe,
  type Report,
  type Rules,
  runGate,
  type Target,
  type Watcher,
} from './gate.ts'
export { httpTarget, type Network, realNetwork } from './http-target.ts'
export { printable } from './printable.ts'
export type { Cause, Kind, Reading, Sample, Track } from './sample.ts'
export { hasStatus, parseStatusSet, type StatusSet } from './status-set.ts'
export { parseProbeUrl } from './url.ts'
export { type Judgement, judgeAtDeadline, judgeEarly, type Verdict, versionsOf } from './verdict.ts'
export { parseVersionSource, type VersionSource } from './version-source.ts'
