import type { InputReader } from '@belay/action-kit'
import { readCanary } from '@belay/kubernetes/inputs'
import { readMetrics } from '@belay/probe'
import type { GivenInputs } from './given-inputs.ts'
import type { Target } from './target.ts'

/** The canary of a release to a cluster, and the metrics that judge it. All are empty where there is none. */
export interface CanaryInputs {
  readonly canary: string
  readonly metrics: string
  readonly metricsUrl: string
}

/** Refuses before anything changes what the steps of a canary would refuse in the middle of a release. */
export function readCanaryInputs(read: InputReader, given: GivenInputs, target: Target): CanaryInputs {
  const inputs = {
    canary: read.text('canary'),
    metrics: read.lines('metrics').join('\n'),
    metricsUrl: read.text('metrics-url'),
  }
  if (!given.known) return inputs
  // Of another target they are another service's variables; as inputs they were refused.
  if (target !== 'kubernetes') return { canary: '', metrics: '', metricsUrl: '' }
  if (inputs.canary === '') return withoutCanary(read, inputs)
  const conflicting = ['slots', 'chart'].filter((name) => given.has(name))
  readCanary(read, { command: 'deploy', hasManifests: given.has('manifests'), conflicting })
  // The URLs cannot judge it: other pods answer there too.
  if (inputs.metrics === '')
    read.issue('metrics', 'is missing', 'Say what judges the canary, as NAME: QUERY < NUMBER, or leave canary out.')
  else readMetrics(read)
  return inputs
}

function withoutCanary(read: InputReader, inputs: CanaryInputs): CanaryInputs {
  const remedy = 'Give canary too, or give them to a step with health-gate after this one.'
  if (inputs.metrics !== '') read.unneeded('metrics', 'is given without canary', remedy)
  if (inputs.metricsUrl !== '') read.unneeded('metrics-url', 'is given without canary', remedy)
  return { canary: '', metrics: '', metricsUrl: '' }
}
