import type { DeployBehaviour } from './behaviour.ts'
import type { Clock } from './clock.ts'
import type { Deploy, Event, LogLine, Service, ServiceType, Trigger } from './objects.ts'

/** A service as a test sets it up. */
export interface ServiceSpec {
  readonly name: string
  readonly type: ServiceType
  /** Default: the first workspace, `tea-…`. */
  readonly owner?: string
  readonly rootDir?: string
  /** Paths of the repository that are its own, if its root directory does not define them. */
  readonly paths?: readonly string[]
  /** `docker.io/acme/api:1.0`: the service is deployed from images. Without one it is built from git. */
  readonly image?: string
  /** `checksPass`: by the newer of its two fields only, as a service that waits for a commit's checks. */
  readonly autoDeploy?: boolean | 'checksPass'
  readonly preDeployCommand?: string
  readonly healthCheckPath?: string
  readonly disk?: boolean
  readonly suspended?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** The commit, or the image, that is live when the test begins. */
  readonly live?: string
  /** Names of services that a new instance must reach before it counts as healthy. */
  readonly needs?: readonly string[]
}

/** A service with all that belongs to it. */
export interface HostedService {
  readonly service: Service
  readonly spec: ServiceSpec
  readonly hookKey: string
  readonly env: Map<string, string>
  /** Oldest first, without those that no answer shows yet. */
  readonly deploys: Deploy[]
  readonly events: Event[]
  readonly logs: LogLine[]
  /** Accepted, and behind another one: at most the newest of them is ever run. */
  waiting: AcceptedDeploy | undefined
  running: AcceptedDeploy | undefined
}

/** What a deploy releases. */
export interface DeployOrder {
  readonly trigger: Trigger
  readonly commit?: string
  readonly image?: string
  /** Nothing is built: a rollback, or `deploy_only`. */
  readonly skipBuild?: boolean
}

/** A deploy that Render has accepted. */
export interface AcceptedDeploy {
  readonly deploy: Deploy
  readonly order: DeployOrder
  readonly behaviour: DeployBehaviour
  /** Cancels its next step. */
  callOff: () => void
}

/** In milliseconds: the duration of each phase, unless a deploy's behaviour gives one. */
export interface PhaseDurations {
  readonly build: number
  readonly preDeploy: number
  readonly update: number
  /** From the acceptance of a queued deploy until lists show it. */
  readonly appears: number
}

export interface Account {
  readonly clock: Clock
  readonly services: Map<string, HostedService>
  add(spec: ServiceSpec, url?: string): HostedService
  named(name: string): HostedService
  id(prefix: string): string
  time(): string
}

export function makeAccount(clock: Clock): Account {
  const services = new Map<string, HostedService>()
  let made = 0

  /** Twenty characters of `[0-9a-v]`, as Render's; later ones sort after earlier ones. */
  const id = (prefix: string) => {
    made += 1
    return `${prefix}-${clock.now().toString(32).padStart(10, '0')}${made.toString(32).padStart(10, '0')}`
  }
  const time = () => new Date(clock.now()).toISOString().replace('Z', '000Z')

  return {
    clock,
    services,
    id,
    time,
    named(name) {
      const hosted = [...services.values()].find(({ spec }) => spec.name === name)
      if (!hosted) throw new Error(`The local Render has no service "${name}"`)
      return hosted
    },
    add(spec, url) {
      const hosted: HostedService = {
        service: serviceOf(spec, id(spec.type === 'cron_job' ? 'crn' : 'srv'), time(), url),
        spec,
        hookKey: `key${made}`,
        env: new Map(Object.entries(spec.env ?? {})),
        deploys: [],
        events: [],
        logs: [],
        waiting: undefined,
        running: undefined,
      }
      services.set(hosted.service.id, hosted)
      return hosted
    },
  }
}

const boards: Record<ServiceType, string> = {
  web_service: 'web',
  private_service: 'pserv',
  background_worker: 'worker',
  static_site: 'static',
  cron_job: 'cron',
}

function serviceOf(spec: ServiceSpec, id: string, time: string, url: string | undefined): Service {
  const { name, type } = spec
  return {
    id,
    name,
    slug: name,
    type,
    ownerId: spec.owner ?? 'tea-cph1rs3idesc73a2b2mg',
    ...(spec.image ? { imagePath: spec.image } : { repo: 'https://github.com/acme/acme', branch: 'main' }),
    rootDir: spec.rootDir ?? '',
    ...(spec.paths && { buildFilter: { paths: spec.paths, ignoredPaths: [] } }),
    autoDeploy: spec.autoDeploy === true ? 'yes' : 'no',
    autoDeployTrigger: spec.autoDeploy === true ? 'commit' : spec.autoDeploy || 'off',
    suspended: spec.suspended ? 'suspended' : 'not_suspended',
    suspenders: spec.suspended ? ['user'] : [],
    notifyOnFail: 'default',
    dashboardUrl: `https://dashboard.render.com/${boards[type]}/${id}`,
    createdAt: time,
    updatedAt: time,
    serviceDetails: detailsOf(spec, id, url),
  }
}

function detailsOf(spec: ServiceSpec, id: string, url: string | undefined): Service['serviceDetails'] {
  const { name, type } = spec
  return {
    // A private service's is `name:port`, out of reach from outside.
    ...(type === 'web_service' || type === 'static_site' ? { url: url ?? `https://${name}.onrender.com` } : {}),
    ...(type === 'private_service' ? { url: `${name}:8080` } : {}),
    ...(type === 'web_service' ? { healthCheckPath: spec.healthCheckPath ?? '' } : {}),
    ...(type === 'static_site'
      ? { buildCommand: 'npm install && npm run build', publishPath: 'dist' }
      : { plan: 'starter', region: 'oregon', runtime: spec.image ? 'image' : 'node', env: 'node' }),
    ...(spec.disk ? { disk: { id: id.replace(/^srv/, 'dsk'), name: `${name}-data` } } : {}),
    ...(type === 'cron_job' || type === 'static_site'
      ? {}
      : { envSpecificDetails: { preDeployCommand: spec.preDeployCommand ?? '' }, numInstances: 1 }),
  }
}
