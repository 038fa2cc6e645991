import type { DerivedUnit } from './facts.ts'
import { type Settings, settingsFile } from './settings.ts'
import { unitFileName, unitFileOf } from './unit-files.ts'

/** What is known before anything starts. */
export interface Known {
  readonly units: readonly DerivedUnit[]
  readonly settings: Settings
  /** The files of the repository. */
  readonly files: readonly string[]
}

/** Why a repository cannot be rehearsed: each reason with the line that helps. Pure. */
export function refusals(known: Known): string[] {
  return [...new Set(known.units.flatMap((unit) => unitRefusals(unit, known)))]
}

function unitRefusals(unit: DerivedUnit, known: Known): string[] {
  const kind = kindRefusal(unit)
  if (kind) return [kind]
  return [...hostRefusals(unit), ...serviceRefusals(unit, known), ...siteRefusals(unit, known), ...urlRefusals(unit)]
}

/** Targets that have no throwaway servers here. */
function kindRefusal({ inputs, action, restart, slots, service, deploy, workflow }: DerivedUnit): string | undefined {
  const where = `${workflow}, ${service || deploy}`
  if (action === 'actions/deploy-render' || inputs.target === 'render')
    return refusal(
      `${where}: releases to Render cannot be rehearsed for a repository of your own.`,
      'rehearse the example, which releases to a local Render: npm run rehearse -- --example render-three-services',
    )
  if (action === 'actions/build-image' || restart.startsWith('compose:') || inputs.image)
    return refusal(
      // Of the workflow: its build and its release are refused for the same reason.
      `${workflow}: images need a registry and Docker on the servers, which a rehearsal of your own repository does not have.`,
      'rehearse the example, which has both: npm run rehearse -- --example compose. A workflow of yours without images is chosen by --workflow.',
    )
  if (slots.length > 0 && (inputs.driver === 'haproxy' || !isNginx(inputs.proxy)))
    return refusal(
      `${where}: of proxies before two slots only nginx as a service of its server can be rehearsed.`,
      'rehearse a workflow without slots, such as that of QA (--workflow).',
    )
  return undefined
}

function isNginx(proxy = ''): boolean {
  return proxy === '' || proxy === 'systemd:nginx'
}

/** nginx needs a site that includes the folder to which Belay writes. */
function siteRefusals({ slots, service, workflow, upstream, proxies }: DerivedUnit, { settings }: Known): string[] {
  const [key, { files }, whose] =
    proxies.length > 0
      ? (['proxy-hosts', settings.proxyHosts, "the proxies'"] as const)
      : (['hosts', settings.hosts, "the servers'"] as const)
  const hasSite = Object.keys(files).some((path) => /^\/etc\/nginx\/(?:sites-enabled|conf\.d)\//.test(path))
  if (slots.length === 0 || hasSite) return []
  return [
    refusal(
      `${workflow}, ${service}: ${whose} nginx has no site that includes ${upstream}/*.conf.`,
      `say in ${settingsFile} where it is:\n  ${key}: { files: { /etc/nginx/sites-enabled/${service}: deploy/nginx.conf } }`,
    ),
  ]
}

function hostRefusals({ hosts, proxies, environment, workflow, knownHostsFrom }: DerivedUnit): string[] {
  if (hosts.length === 0)
    return [
      refusal(
        `${workflow}: no servers are known for the environment ${environment}.`,
        `give its variables: gh variable list --env ${environment} --json name,value > ${environment}.json, then --vars ${environment}.json. BELAY_HOSTS has the servers, such as deploy@vps1.example.com.`,
      ),
    ]
  const nameless = [...hosts, ...proxies].filter(({ user, address }) => !user || !address)
  return [
    ...(hosts.length > 3
      ? [
          refusal(
            `${workflow}: ${hosts.length} servers are too many for this machine.`,
            'give three at most in --vars.',
          ),
        ]
      : []),
    ...(proxies.length > 2
      ? [
          refusal(
            `${workflow}: ${proxies.length} proxies are too many for this machine.`,
            'give two at most in --vars.',
          ),
        ]
      : []),
    ...(nameless.length > 0
      ? [refusal(`${workflow}: a server has no login or no name.`, 'write user@host, such as deploy@vps1.example.com.')]
      : []),
    ...(/^(?:BELAY_|\$\{\{\s*vars\.)/.test(knownHostsFrom)
      ? []
      : [
          refusal(
            `${workflow}: the host keys are written in the workflow, but throwaway servers have keys of their own.`,
            'write known-hosts: ${{ vars.BELAY_KNOWN_HOSTS }}.',
          ),
        ]),
  ]
}

/** What a server must have to run the service. */
function serviceRefusals(unit: DerivedUnit, { settings, files }: Known): string[] {
  const { restart, service, workflow } = unit
  const name = unitFileName(unit)
  const [, program = ''] = /^command:(\S+)/.exec(restart) ?? []
  return [
    ...(name && !unitFileOf(unit, settings, files)
      ? [
          refusal(
            `${workflow}, ${service}: the repository has no unit file ${name}.`,
            `say in ${settingsFile} which file it is:\n  hosts: { files: { /etc/systemd/system/${name}: deploy/${name} } }`,
          ),
        ]
      : []),
    ...(program?.startsWith('/') && !settings.hosts.files[program]
      ? [
          refusal(
            `${workflow}, ${service}: the servers have no program ${program}, which restarts the service.`,
            `say in ${settingsFile} where it is:\n  hosts: { files: { ${program}: deploy/restart.sh } }`,
          ),
        ]
      : []),
  ]
}

function urlRefusals({ urls, workflow, service }: DerivedUnit): string[] {
  const secure = urls.filter((url) => url.startsWith('https:'))
  if (secure.length === 0) return []
  return [
    refusal(
      `${workflow}, ${service}: throwaway servers have no certificate for ${secure.join(', ')}.`,
      'give the rehearsal an http: URL of the service in --vars, such as {"BELAY_URLS": "http://vps1.example.com:8080/health"}.',
    ),
  ]
}

function refusal(why: string, remedy: string): string {
  return `${why}\nHow to fix: ${remedy}`
}
