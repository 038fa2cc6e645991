import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeGitHub, startFakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, type SlackChannel, startFakeSlack } from '@belay/fakes/slack'
import { makeKey } from '@belay/test-hosts'
import { proveOn, rehearsalTokens } from '../github.ts'
import { openDatabase } from '../lab-database.ts'
import type { Query } from '../observe/database.ts'
import { openRuns, type Runs } from '../runs.ts'
import { tagOf, type Version } from '../version.ts'
import { certificateWords, certifiedNames, makeCertificates, trustedWith, withCertificates } from './certificates.ts'
import type { DerivedUnit } from './facts.ts'
import { type ImageLab, openImageLab } from './image-lab.ts'
import { type IsolatedNetwork, openIsolatedNetwork } from './isolated-network.ts'
import { makeStepUser, type StepUser } from './launcher.ts'
import { openPrivateNetwork } from './private-network.ts'
import { madeUpSecrets } from './secrets.ts'
import { knownHostsOf, type Server, startServers } from './servers.ts'
import type { Settings } from './settings.ts'
import { proxyFiles, serverFiles } from './unit-files.ts'
import { ofRepository, type Variables } from './variables.ts'
import type { Versions } from './versions.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** The servers and fakes that a repository is rehearsed with. */
export interface Lab {
  readonly network: IsolatedNetwork
  readonly user: StepUser
  readonly servers: readonly Server[]
  readonly slack: FakeSlack
  readonly runs: Runs
  readonly secrets: Readonly<Record<string, string>>
  readonly variables: Variables
  readonly github: FakeGitHub
  /** Asks the database; undefined: there is none. */
  readonly query: Query | undefined
  /** Undefined: no image is built or released. */
  readonly images: ImageLab | undefined
  /** From now on GitHub has that run of a workflow as a success, with what it uploaded. */
  markProven(workflow: string, version: Version, run: number): void
  isProven(workflow: string, version: Version): boolean
  /** May be called twice. */
  close(): Promise<void>
}

export interface LabPlan {
  readonly versions: Versions
  readonly workflows: readonly ReleaseWorkflow[]
  readonly proofs: ReadonlyMap<string, ReleaseWorkflow>
  readonly units: readonly DerivedUnit[]
  readonly settings: Settings
  readonly variables: Variables
  readonly files: readonly string[]
  readonly migrates: boolean
}

export const callerRepository = 'rehearsal/repository'
const slackToken = 'xoxb-fake'
const login = { user: 'rehearsal', password: 'made up: 100 %' }

/** Everything ends with `close` or with this process. */
export async function openLab(folder: string, plan: LabPlan): Promise<Lab> {
  const open: { stop(): Promise<unknown> }[] = []
  const started = async <One extends { stop(): Promise<unknown> }>(starting: Promise<One>): Promise<One> => {
    const one = await starting
    open.push(one)
    return one
  }
  const runs = openRuns(folder, plan.versions.checkOut)
  const proven = new Set<string>()
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    runs.lose()
    await Promise.all(open.toReversed().map((one) => one.stop()))
  }

  try {
    const key = await makeKey(mkdtempSync(join(folder, 'key-')))
    const certificates = makeCertificates(folder, certifiedNames(plan.units))
    const [network, github, slack, database, images] = await Promise.all([
      started(openIsolatedNetwork(folder, trustedWith(folder, certificates))),
      started(startGitHub(plan.versions)),
      started(startFakeSlack({ channels: channelsOf(plan.units) })),
      plan.migrates ? started(openDatabase('rehearsal', login)) : undefined,
      openImageLab(plan, started),
    ])
    const databaseUrl = database?.url('127.0.0.1')
    const filled = { ...certificateWords(certificates), ...(databaseUrl && { 'database-url': databaseUrl }) }
    const certified = (texts: Readonly<Record<string, string>>) => withCertificates(texts, certificates)
    const servers = await startServers(
      {
        units: plan.units,
        settings: plan.settings,
        filesOf: (address) =>
          certified(serverFiles(plan.units, plan.settings, plan.files, plan.versions.root, { ...filled, address })),
        proxyFiles: certified(proxyFiles(plan.units, plan.settings, plan.files, plan.versions.root, filled)),
        authorizedKey: key.publicKey,
        reaches: [...(database ? [database.port] : []), ...(images ? [images.port] : [])],
      },
      ({ host, docker }) => void open.push(docker ?? host),
    )
    for (const { name, host } of servers) if (host.network) network.addServer(name, host.network)
    await openPrivateNetwork(plan.units, servers)
    nameUrls(plan.units, servers, network)
    for (const port of [portOf(slack.url), portOf(github.url), ...(images ? [images.port] : [])]) network.reach(port)
    return {
      network,
      user: makeStepUser(folder),
      servers,
      slack,
      runs,
      secrets: madeUpSecrets(
        plan.workflows.flatMap(({ steps }) => steps),
        { sshKey: key.privateKey, slackToken, databaseUrl, registryPassword: images?.password },
      ),
      variables: withOwn(plan, ownVariables(plan.units, servers, slack), images),
      github,
      query: database?.query,
      images,
      markProven(workflow, version, run) {
        proven.add(`${workflow} ${version.sha}`)
        proveOn(github, version, run, runs.artifacts, workflow)
      },
      isProven: (workflow, { sha }) => proven.has(`${workflow} ${sha}`),
      close() {
        closing ??= close()
        return closing
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A local GitHub with both versions, tagged. */
function startGitHub({ first, second, branch }: Versions): Promise<FakeGitHub> {
  return startFakeGitHub({
    tokens: rehearsalTokens(),
    repository: {
      name: callerRepository,
      commits: [
        { sha: first.sha, parents: [], message: 'The working tree' },
        { sha: second.sha, parents: [first.sha], message: 'The same again' },
      ],
      branches: { main: second.sha, [branch]: second.sha },
      tags: { [tagOf(first)]: first.sha, [tagOf(second)]: second.sha },
    },
  })
}

/** The channels that the environments name. */
function channelsOf(units: readonly DerivedUnit[]): SlackChannel[] {
  const names = units.map(({ inputs }) => (inputs['slack-channel'] || defaultChannel).replace(/^#/, ''))
  return [...new Set(names)].map((name, index) =>
    /^[CGD][A-Z0-9]{8,}$/.test(name) ? { id: name, name: `channel-${index + 1}` } : { id: `C0REHEARSAL${index}`, name },
  )
}

const defaultChannel = '#releases'

/** The variables that name throwaway servers instead of real ones, over those of each environment. */
function ownVariables(
  units: readonly DerivedUnit[],
  servers: readonly Server[],
  slack: FakeSlack,
): Record<string, string> {
  const knownHosts = knownHostsOf(servers, units)
  const names = units.map(({ knownHostsFrom }) => /vars\.(\w+)/.exec(knownHostsFrom)?.[1] ?? 'BELAY_KNOWN_HOSTS')
  return { ...Object.fromEntries(names.map((name) => [name, knownHosts])), BELAY_SLACK_API_URL: slack.url }
}

function withOwn({ variables, units }: LabPlan, own: Readonly<Record<string, string>>, images?: ImageLab): Variables {
  const environments = units.map(({ environment }) => environment)
  const names = [...new Set([ofRepository, ...Object.keys(variables), ...environments])]
  const all = Object.fromEntries(
    names.map((name) => [name, { ...variables[name], ...own, ...images?.imagesIn(variables[name] ?? {}) }]),
  )
  const hasChannel = names.some((name) => variables[name]?.BELAY_SLACK_CHANNEL)
  return hasChannel ? all : { ...all, [ofRepository]: { ...all[ofRepository], BELAY_SLACK_CHANNEL: defaultChannel } }
}

/**
 * Names in URLs that are no server's: `api.vps2.example.com` leads to the server `vps2.example.com`, any other one, such as
 * that of a load balancer, to the first proxy of its service, else to its first server.
 */
function nameUrls(units: readonly DerivedUnit[], servers: readonly Server[], network: IsolatedNetwork): void {
  const known = new Set(servers.map(({ name }) => name))
  for (const { urls, hosts, proxies } of units) {
    const first = servers.find(({ name }) => name === (proxies[0] ?? hosts[0])?.address)
    for (const url of urls) {
      const { hostname } = new URL(url)
      const to = (servers.find(({ name }) => hostname.endsWith(`.${name}`)) ?? first)?.host.network
      if (known.has(hostname) || !to) continue
      known.add(hostname)
      network.addName(hostname, to)
    }
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}
