import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '@belay/action-kit'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { readSwitchInputs } from '../../actions/blue-green-switch/src/inputs.ts'
import { readDeployInputs } from '../../actions/deploy-ssh/src/inputs.ts'
import { rootScripts } from '../../actions/deploy-ssh/src/root-script.ts'
import { readBeginInputs } from '../../actions/release/begin/src/inputs.ts'
import { interpolate } from '../../tools/workflow-runner/src/expressions.ts'
import { root, workflows } from './manifests.ts'

const example = 'examples/vps-systemd'
const read = (path: string) => readFileSync(join(root, example, path), 'utf8')
const workflow = (name: string) =>
  workflows.find(({ path }) => path === `${example}/.github/workflows/${name}`) as (typeof workflows)[number]
const { vars } = parse(read('one-proxy/rehearsal.yml')) as { vars: Record<'repository' | 'production', Values> }
const variables = { ...vars.repository, ...vars.production }

type Values = Record<string, string>

interface Service {
  readonly service: string
  readonly slots: string
  readonly urls: string
}
const matrix = (name: string) =>
  (workflow(name).content.jobs.release as unknown as { strategy: { matrix: { include: Service[] } } }).strategy.matrix
    .include

/** A made-up key; its public half is every host's key. */
const key = { private: '', public: '' }

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-topology-'))
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(folder, 'key')])
  key.private = readFileSync(join(folder, 'key'), 'utf8')
  key.public = readFileSync(join(folder, 'key.pub'), 'utf8').split(' ')[1] ?? ''
  rmSync(folder, { recursive: true })
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})

function knownHosts(): string {
  const { BELAY_HOSTS: hosts = '', BELAY_PROXY_HOSTS: proxies = '' } = variables
  const names = `${hosts}\n${proxies}`.split('\n').map((target) => target.replace('deploy@', ''))
  return names.map((name) => `${name} ssh-ed25519 ${key.public.trim()}`).join('\n')
}

/** What the step `release` of a service gives, with what the composite adds for each action. */
function inputsOf(service: Service): Record<string, string> {
  const steps = workflow('production-proxy.yml').content.jobs.release?.steps ?? []
  const given = steps.find(({ uses = '' }) => uses.includes('/actions/release@'))?.with ?? {}
  const contexts = {
    github: { ref: 'refs/heads/main', ref_name: 'main' },
    inputs: { version: 'v1.2.0' },
    matrix: service,
    secrets: { SSH_KEY: key.private },
    vars: { ...variables, BELAY_KNOWN_HOSTS: knownHosts() },
  }
  const scope = { contexts, status: 'success' as const, cancelled: false, workspace: '/' }
  const texts = Object.entries(given).map(([name, text]) => [name, interpolate(String(text), scope)])
  // A source is the artifact's folder there.
  return { ...Object.fromEntries(texts), source: 'docs', given: 'environment ssh-key slots' }
}

const ofDeploy = (service: Service) => {
  const given = inputsOf(service)
  return readInputs(readDeployInputs, (name) => given[name] ?? '')
}

/** The lines of sudo in a text, without what stands before the program. */
const sudoLines = (text: string) => (text.match(/(?<=^deploy ALL=\(root\) NOPASSWD: ).*/gm) ?? []).toSorted()

describe('one proxy before both servers, in examples/vps-systemd', () => {
  const services = matrix('production-proxy.yml')

  test.each(services)('every step accepts the variables, for $service', (service) => {
    const given = inputsOf(service)
    const raw = (name: string) => given[name] ?? ''
    expect(readInputs(readBeginInputs, raw).target).toBe('ssh')
    const { servers, hosts, check } = ofDeploy(service)
    expect(hosts.map(({ name }) => name)).toEqual(variables.BELAY_HOSTS?.split('\n'))
    expect(servers?.proxies.map(({ name }) => name)).toEqual(['deploy@proxy.example.com'])
    expect(servers?.addresses).toEqual(['10.0.0.1', '10.0.0.2'])
    expect(check).toEqual({ kind: 'url', url: 'http://{host}:{slot}/health/ready' })
    const ofSwitch = readInputs(readSwitchInputs, raw)
    expect(ofSwitch.check).toBe('http://{host}:{slot}/health/ready')
    expect(ofSwitch.slots).toEqual(variables[service.slots]?.split(/\s/))
    expect(ofSwitch.hosts).toEqual(servers?.proxies)
  })

  test('its ports are those of the other topology: units, sites and sudo lines are the same', () => {
    const ports = (text = '') => [...new Set(text.split(/\s/).map((place) => place.replace(/.*:/, '')))].join(' ')
    expect(services.map(({ service, slots }) => `${service} ${ports(variables[slots])}`)).toEqual(
      matrix('production.yml').map(({ service, slots }) => `${service} ${slots}`),
    )
  })

  test('sudo has what preflight prints for each kind of host, and nothing else', () => {
    const scripts = services.map((service) => rootScripts(ofDeploy(service)).split(/(?<=\n)\n(?=#!)/))
    const printed = (kind: number) => [...new Set(scripts.flatMap((parts) => sudoLines(parts[kind] ?? '')))].toSorted()
    expect(scripts.map((parts) => parts.length)).toEqual([2, 2])
    const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll('\\', ''))
    expect(plain(printed(0))).toEqual(sudoLines(read('sudoers/acme-production')))
    expect(plain(printed(1))).toEqual(sudoLines(read('sudoers/acme-proxy')))
  })

  test('its workflow is that of the other topology, but for what starts it and the slots', () => {
    const body = (name: string) => {
      const { text } = workflow(name)
      return text.slice(text.indexOf('permissions: {}'))
    }
    const ours = body('production-proxy.yml').replace("'${{ vars[matrix.slots] }}'", "'${{ matrix.slots }}'")
    const same = services.reduce(
      (text, { slots }, index) => text.replace(`slots: ${slots},`, `slots: ${matrix('production.yml')[index]?.slots},`),
      ours,
    )
    expect(same).toBe(body('production.yml'))
  })

  test('nginx takes the servers of both, from the folder that Belay writes', () => {
    for (const { service } of services)
      expect(read(`nginx/${service}-production`)).toContain(`include /etc/nginx/belay/${service}-production/*.conf;`)
  })
})
