import { certificateFilesIn } from './certificates.ts'
import type { DerivedUnit } from './facts.ts'
import { haproxyFile, isBehindHaproxy } from './haproxy.ts'
import { buildRefusals, composeRefusals } from './image-refusals.ts'
import { isCompose } from './images.ts'
import { hasSite } from './proxy.ts'
import { type Known, refusal } from './refusal.ts'
import { settingsFile } from './settings.ts'
import { environmentFilesIn, foundHaproxy, proxyFiles, serverFiles, unitFileName, unitFileOf } from './unit-files.ts'
import { withProofs } from './workflows.ts'

/** Why a repository cannot be rehearsed: each reason with the line that helps. */
export function refusals(known: Known): string[] {
  return [
    ...new Set([
      ...known.units.flatMap((unit) => unitRefusals(unit, known)),
      ...withProofs(known).flatMap((workflow) => buildRefusals(workflow, known)),
    ]),
  ]
}

function unitRefusals(unit: DerivedUnit, known: Known): string[] {
  const kind = kindRefusal(unit)
  if (kind) return [kind]
  return [
    ...hostRefusals(unit),
    ...(isCompose(unit)
      ? composeRefusals(unit, known)
      : [...serviceRefusals(unit, known), ...siteRefusals(unit, known)]),
    ...urlRefusals(unit, known),
  ]
}

/** Targets that have no throwaway servers here. */
function kindRefusal(unit: DerivedUnit): string | undefined {
  const { inputs, action, slots, service, deploy, workflow } = unit
  const where = `${workflow}, ${service || deploy}`
  if (action === 'actions/deploy-render' || inputs.target === 'render')
    return refusal(
      `${where}: releases to Render cannot be rehearsed for a repository of your own.`,
      'rehearse the example, which releases to a local Render: npm run rehearse -- --example render-three-services',
    )
  if (inputs.target === 'kubernetes')
    return refusal(
      `${where}: releases to a cluster cannot be rehearsed for a repository of your own.`,
      'rehearse the example, which releases to a real one: npm run rehearse -- --example kubernetes',
    )
  if (slots.length > 0 && isCompose(unit))
    return refusal(
      `${where}: two slots in Docker Compose need a proxy in a container, which a rehearsal of your own repository does not have.`,
      'rehearse a workflow without slots, such as that of QA (--workflow), or the example, which has both: npm run rehearse -- --example compose',
    )
  if (slots.length > 0 && inputs.driver !== 'haproxy' && !isNginx(inputs.proxy))
    return refusal(
      `${where}: nginx before two slots can be rehearsed only as a service of its server.`,
      'rehearse a workflow without slots, such as that of QA (--workflow).',
    )
  return undefined
}

function isNginx(proxy = ''): boolean {
  return proxy === '' || proxy === 'systemd:nginx'
}

/** nginx needs a site that includes the folder to which Belay writes, HAProxy its configuration. */
function siteRefusals(unit: DerivedUnit, { settings, files: repository }: Known): string[] {
  const { slots, service, workflow, upstream, proxies } = unit
  const [key, { files }, whose] =
    proxies.length > 0
      ? (['proxy-hosts', settings.proxyHosts, "the proxies'"] as const)
      : (['hosts', settings.hosts, "the servers'"] as const)
  if (isBehindHaproxy(unit)) {
    if (haproxyFile in { ...foundHaproxy([unit], repository), ...files }) return []
    return [
      refusal(
        `${workflow}, ${service}: it is not known which file is ${whose} haproxy.cfg.`,
        `say in ${settingsFile} which one it is:\n  ${key}: { files: { ${haproxyFile}: deploy/haproxy.cfg } }`,
      ),
    ]
  }
  if (slots.length === 0 || hasSite(files)) return []
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
function serviceRefusals(unit: DerivedUnit, known: Known): string[] {
  const { settings, files } = known
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
    ...missingVariables(name, known).map((path) =>
      refusal(
        `${workflow}, ${service}: the servers have no file ${path}, without which systemd does not start ${name}.`,
        `say in ${settingsFile} what it has:\n  hosts: { files: { ${path}: { text: "PORT=8080\\n" } } }`,
      ),
    ),
  ]
}

/** Files of variables that a unit names and that the servers lack, unless a command may write them. */
function missingVariables(name: string | undefined, { units, settings, files, root }: Known): string[] {
  const texts = serverFiles(units, settings, files, root)
  const wanted = environmentFilesIn(texts[`/etc/systemd/system/${name}`] ?? '')
  return wanted.filter((path) => !(path in texts) && !settings.hosts.run.some((command) => command.includes(path)))
}

/** What answers there must have a certificate, which is made for the files that a configuration names. */
function urlRefusals({ urls, workflow, service, proxies }: DerivedUnit, known: Known): string[] {
  const secure = urls.filter((url) => url.startsWith('https:'))
  if (secure.length === 0 || hasCertificate(known)) return []
  const key = proxies.length > 0 ? 'proxy-hosts' : 'hosts'
  return [
    refusal(
      `${workflow}, ${service}: nothing on the servers has a certificate for ${secure.join(', ')}.`,
      `say in ${settingsFile} which file is your site of nginx or your haproxy.cfg, and the certificates that it names are made:\n  ${key}: { files: { /etc/nginx/sites-enabled/${service}: deploy/nginx.conf } }\nA service that has its certificate in a file of its own: files: { /etc/${service}/tls.pem: { text: '{certificate}' }, /etc/${service}/tls.key: { text: '{certificate-key}' } }. Where others end TLS before your servers, give the rehearsal http: URLs in --vars, such as {"BELAY_URLS": "http://vps1.example.com:8080/health"}.`,
    ),
  ]
}

function hasCertificate({ units, settings, files, root }: Known): boolean {
  const all = [serverFiles(units, settings, files, root), proxyFiles(units, settings, files, root)]
  const isFilled = (text: string) => text.includes('{certificate}')
  return all.some((texts) => certificateFilesIn(texts).length > 0 || Object.values(texts).some(isFilled))
}
