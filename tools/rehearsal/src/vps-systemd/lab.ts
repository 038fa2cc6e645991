import type { FakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { exampleVariables } from '../example-variables.ts'
import { startExampleGitHub } from '../github.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import { openStarted } from '../started.ts'
import type { Version } from '../version.ts'
import { checkOut, type Service, services } from './services.ts'

/** The hosts, the fakes and the files for releases. */
export interface Lab {
  readonly hosts: readonly TestHost[]
  readonly slack: FakeSlack
  /** Where QA's runs report; production has a GitHub of its own. */
  readonly github: FakeGitHub
  /** The deploy user's private key. */
  readonly sshKey: string
  /** The artifacts of all runs, in a folder for each run. */
  readonly artifacts: string
  /** Runs a workflow of the example at a version; default: QA's. */
  release(version: Version, more?: ReleaseOptions): Promise<EndedRun>
  /** Ends everything at once, also in the middle of a release. May be called twice. */
  close(): Promise<void>
}

/** Default of `workflow`: `qa.yml`. */
export type ReleaseOptions = Partial<RunOptions>

export const slackToken = 'xoxb-fake'
export const qaWorkflow = 'qa.yml'

/** Starts two hosts, a Slack and a GitHub that knows no run yet. Everything ends with `close` or with this process. */
export async function openLab(): Promise<Lab> {
  const { folder, runs, add, close } = openStarted(checkOut)
  try {
    const key = await makeKey(folder)
    const [slack, github, ...hosts] = await Promise.all([
      add(startFakeSlack()),
      add(startExampleGitHub(new Map(), runs.artifacts)),
      ...[1, 2].map((number) => add(startOne(`host-${number}`, key.publicKey))),
    ])
    return {
      hosts,
      slack,
      github,
      sshKey: key.privateKey,
      artifacts: runs.artifacts,
      release: (version, { vars, ...more } = {}) =>
        runs.run(version, {
          workflow: qaWorkflow,
          apiUrl: github.url,
          vars: { ...environmentOf(hosts, slack), ...vars },
          secrets: { SSH_KEY: key.privateKey, SLACK_TOKEN: slackToken },
          ...more,
        }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The variables of the environment `qa`, as its operators would set them for these hosts. */
function environmentOf(hosts: readonly TestHost[], slack: FakeSlack): Record<string, string> {
  const each = (line: (host: TestHost) => string) => hosts.map(line).join('\n')
  const [api, worker] = services as [Service, Service]
  const health = (service: Service, host: string) => `http://${host}:${service.port}/health`
  return {
    BELAY_HOSTS: each(({ target }) => target),
    BELAY_KNOWN_HOSTS: each(({ knownHosts }) => knownHosts),
    API_CHECK: health(api, 'this-host'),
    API_URLS: each(({ address }) => health(api, address)),
    WORKER_CHECK: health(worker, 'this-host'),
    WORKER_URLS: each(({ address }) => health(worker, address)),
    SMOKE_URLS: services
      .flatMap(({ port, page }) => hosts.map(({ address }) => `http://${address}:${port}${page}`))
      .join('\n'),
    ...exampleVariables(slack),
    BELAY_RESTART: `command:${restartCommand}`,
  }
}

const restartCommand = '/usr/local/bin/acme-restart'

/** One command for both services, because there is one variable: BELAY_PATH of deploy-ssh says which one to restart. */
const restartScript = `#!/bin/sh
case "$BELAY_PATH" in
${services.map(({ path, port }) => `${path}) port=${port} ;;`).join('\n')}
*) exit 1 ;;
esac
exec /usr/local/bin/belay-test-restart "$BELAY_PATH" this-host "$port"
`

async function startOne(name: string, authorizedKey: string): Promise<TestHost> {
  const folders = services.flatMap(({ path, production }) => [path, production.path])
  const host = await startHost({ name, authorizedKey, folders })
  await host.write(restartCommand, restartScript, 0o755)
  return host
}
