import type { LoadReport } from '@belay/load'
import type { FaultName } from '@belay/workflow-runner'
import { type Disruption, type Fault, momentText } from './fault.ts'

/** What happened in a run, as far as people want to know it first. */
export interface Happened extends Disruption {
  /** What was released: `v1.1.0`. */
  readonly version: string
  /** It was requested as `previous`. */
  readonly back: boolean
  readonly services: readonly ServedService[]
  /** What users of the services saw; empty if none were asked. */
  readonly traffic: readonly ServiceTraffic[]
  /** A restart is the switch: requests fail while the service restarts. */
  readonly restarts?: boolean
  /** How long the hosts took to restore the previous release without a runner; undefined: they did not have to. */
  readonly laterSeconds?: number | undefined
}

/** What users of a service, on one host perhaps, saw. */
export interface ServiceTraffic {
  readonly service: string
  readonly report: Pick<LoadReport, 'sent' | 'failed' | 'versions'>
}

/** What a service served before and after the run: `v1.0.0`; undefined: nothing. */
export interface ServedService {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** `v1.1.0 was killed in the middle of the switch; v1.0.0 served throughout: 3,912 requests, 0 failed` */
export function sentenceOf(happened: Happened): string {
  const { version, back, services, fault, externalFailure } = happened
  if (!fault && !externalFailure) {
    const before = [...new Set(services.flatMap(({ before }) => before ?? []))].sort().join(' and ')
    const over = before ? `over ${before}` : 'as the first release'
    if (!services.every(({ after }) => after === version))
      return `${version} was not released ${over}; ${servedText(happened)}${trafficText(happened)}`
    return `${version} was released ${over}${back ? ', by `previous`' : ''}${trafficText(happened)}`
  }
  const ended = `${version} ${fault ? faultText(fault) : `met the external failure ${externalFailure}`}`
  return `${ended}; ${servedText(happened)}${trafficText(happened)}`
}

const verbs: Readonly<Record<FaultName, string>> = {
  break: 'failed on purpose',
  cancel: 'was cancelled',
  kill: 'was killed',
  loseRunner: 'lost its runner',
}

function faultText({ kind, step }: Fault): string {
  return `${verbs[kind]} ${kind === 'break' ? `at the end of ${step}` : momentText(step)}`
}

/** `v1.0.0 served throughout`, or each outcome with its services where they differ. */
function servedText(happened: Happened): string {
  const { services, laterSeconds } = happened
  const groups = [...Map.groupBy(services, (service) => outcomeText(service, happened))]
  const texts =
    groups.length === 1
      ? groups.map(([outcome]) => outcome)
      : groups.map(([outcome, some]) => `${some.map(({ name }) => name).join(' and ')}: ${outcome}`)
  const later = laterSeconds === undefined ? '' : `, restored without a runner in ${laterSeconds.toFixed(0)} s`
  return `${texts.join('; ')}${later}`
}

function outcomeText({ name, before, after }: ServedService, { traffic }: Happened): string {
  if (after === undefined) return 'nothing serves, as before'
  const own = traffic.filter(({ service }) => service === name)
  if (after.includes(' and ')) return `${after} serve`
  if (after !== before || own.length === 0) return `${after} serves`
  const seen = new Set(own.flatMap(({ report }) => report.versions.map(({ version }) => version)))
  const failed = own.some(({ report }) => report.failed.length > 0)
  return seen.size > 1 || failed ? `${after} serves again` : `${after} served throughout`
}

function trafficText({ traffic, restarts }: Happened): string {
  if (traffic.length === 0) return ''
  const sent = traffic.reduce((sum, { report }) => sum + report.sent, 0)
  const failed = traffic.reduce((sum, { report }) => sum + report.failed.length, 0)
  const when = restarts && failed > 0 ? ' while it restarted' : ''
  return `: ${sent.toLocaleString('en')} requests, ${failed.toLocaleString('en')} failed${when}`
}
