import type { DerivedStep } from '@belay/workflow-runner'
import { isChanging, proofOf, type ReleaseWorkflow } from './workflows.ts'

/** One service that a job releases, as its step and the environment's variables describe it. */
export interface DerivedUnit {
  readonly workflow: string
  readonly job: string
  /** The step that changes its hosts: `release/api/deploy-ssh`. */
  readonly deploy: string
  /** With slots: the step that moves the traffic. */
  readonly switch: string | undefined
  /** The step that changes the schema, where the job gets a database. */
  readonly schema: string | undefined
  /** The folder of the action: `actions/release`. */
  readonly action: string
  readonly service: string
  readonly environment: string
  readonly hosts: readonly HostName[]
  /** The hosts of its proxies; empty where each server has its own, or none. */
  readonly proxies: readonly HostName[]
  /** With proxies on other hosts: how they reach each server, in the order of `hosts`. */
  readonly addresses: readonly string[]
  readonly path: string
  /** `systemd:my-service-qa`, `command:…` */
  readonly restart: string
  /** The ports of both slots. */
  readonly slots: readonly string[]
  /** The folder to which Belay writes where nginx sends the traffic. */
  readonly upstream: string
  readonly urls: readonly string[]
  readonly versionFrom: string
  readonly artifact: string
  readonly provenBy: string | undefined
  /** All inputs of the step, its variables among them. */
  readonly inputs: Readonly<Record<string, string>>
  /** The variable or the text that known-hosts is written as. */
  readonly knownHostsFrom: string
}

/** A server as the variables name it. */
export interface HostName {
  readonly user: string
  readonly address: string
  readonly port: number
}

/** The services that a workflow releases. */
export function unitsOf(workflow: ReleaseWorkflow): DerivedUnit[] {
  return workflow.steps.filter(isChanging).map((step) => unitOf(workflow, step))
}

function unitOf(workflow: ReleaseWorkflow, step: DerivedStep): DerivedUnit {
  const { file: workflowFile } = workflow
  const { action = '', path, job } = step
  const inputs = allInputs(step)
  const { service = '', environment = '' } = inputs
  const places = words(inputs.slots ?? '')
  const slots = [...new Set(places.map((place) => place.replace(/^.*:/, '')))]
  const hosts = lines(inputs.hosts ?? '').map((line) => hostOf(line, inputs.user ?? ''))
  const proxies = lines(inputs['proxy-hosts'] ?? '').map((line) => hostOf(line, inputs.user ?? ''))
  const isRelease = action === 'actions/release'
  return {
    workflow: workflowFile,
    job,
    deploy: isRelease ? `${path}/deploy-ssh` : path,
    switch: isRelease && slots.length > 0 ? `${path}/blue-green-switch` : undefined,
    schema: isRelease && inputs['database-url'] ? `${path}/migrate-db` : undefined,
    action,
    service,
    environment,
    hosts,
    proxies,
    addresses: proxies.length > 0 ? hosts.map(({ address }, index) => addressIn(places, index) ?? address) : [],
    path: inputs.path || `/srv/${service}/${environment}`,
    restart: inputs.restart || `systemd:${service}-${environment}${slots.length > 0 ? '@{slot}' : ''}`,
    slots,
    upstream: inputs.upstream || `/etc/nginx/belay/${service}-${environment}`,
    urls: lines(inputs.urls ?? ''),
    versionFrom: inputs['version-from'] || 'sha',
    artifact: inputs.artifact || service,
    provenBy: proofOf(workflow),
    inputs,
    knownHostsFrom: step.written['known-hosts'] ?? (step.written.settings ? 'BELAY_KNOWN_HOSTS' : ''),
  }
}

/** An input wins over its variable in `settings`. */
export function allInputs({ inputs }: Pick<DerivedStep, 'inputs'>): Record<string, string> {
  const { settings = '{}', ...given } = inputs
  const all = Object.entries(settingsOf(settings)).flatMap(([name, value]) => {
    const [, input] = /^BELAY_(.+)$/.exec(name) ?? []
    return input ? [[input.toLowerCase().replaceAll('_', '-'), String(value)]] : []
  })
  const set = Object.entries(given).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(all), ...Object.fromEntries(set) }
}

function settingsOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Of a server in `slots`, which has a line of two for each: `10.0.0.1:5001 10.0.0.1:5011` */
function addressIn(places: readonly string[], server: number): string | undefined {
  return /^(.+):\d+$/.exec(places[server * 2] ?? '')?.[1]
}

function hostOf(line: string, fallback: string): HostName {
  const [, user = fallback, bracketed, plain = '', port = '22'] =
    /^(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(line) ?? []
  return { user, address: bracketed ?? plain, port: Number(port) }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
