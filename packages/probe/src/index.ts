/** The probe engine: takes samples of every instance until a verdict is certain or the deadline is reached. */

export { type Clock, systemClock } from './clock.ts'
export {
  type FoundInstances,
  type GateObserver,
  type GateReport,
  type GateRules,
  type GateTarget,
  type Instance,
  type Probe,
  runGate,
} from './gate.ts'
export { httpTarget, type Network, systemNetwork } from './http-target.ts'
export { type MetricInputs, readMetrics } from './metrics/inputs.ts'
export { type Metric, parseMetric, versionMark } from './metrics/metric.ts'
export { type MetricServer, metricTarget, shown } from './metrics/metric-target.ts'
export { metricRemedies } from './metrics/remedies.ts'
export { proxiedUrl, type ServiceAddress } from './metrics/service-address.ts'
export { printable } from './printable.ts'
export { assess, bodyLimitBytes, type ProbeResponse, type ResponseExpectation } from './response.ts'
export type { InstanceHistory, ProbeCause, ProbeResult, Sample, SampleKind } from './sample.ts'
export { hasStatus, parseStatusSet, type StatusSet } from './status-set.ts'
export { parseProbeUrl } from './url.ts'
export { readProbeUrls } from './url-inputs.ts'
export { type Evaluation, evaluateAtDeadline, evaluateEarly, type Verdict, versionsOf } from './verdict.ts'
export { parseVersionSource, type VersionSource } from './version-source.ts'
