import type { FakeSlack } from '@belay/fakes/slack'
import { makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { type Base, openOn, slackToken } from '../example-lab.ts'
import { exampleVariables } from '../example-variables.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import type { Version } from '../version.ts'
import { checkOut, type Service, services } from './services.ts'

/** The hosts, the fakes and the files for releases. QA's runs report to its GitHub; production has one of its own. */
export interface Lab extends Pick<Base, 'slack' | 'github' | 'close'> {
  readonly hosts: readonly TestHost[]
  /** The deploy user's private key. */
  readonly sshKey: string
  /** The artifacts of all runs, in a folder for each run. */
  readonly artifacts: string
  /** Runs a workflow of the example at a version; default: QA's. */
  release(version: Version, more?: ReleaseOptions): Promise<EndedRun>
}

/** Default of `workflow`: `qa.yml`. */
export type ReleaseOptions = Partial<RunOptions>

const qaWorkflow = 'qa.yml'

/** Starts two hosts, a Slack and a GitHub that knows no run yet. Everything ends with `close` or with this process. */
export function openLab(): Promise<Lab> {
  return openOn({ checkOut }, async (base) => {
    const { folder, runs, add, slack, github } = base
    const { publicKey, privateKey } = await makeKey(folder)
    const hosts = await Promise.all([1, 2].map((number) => add(startOne(`host-${number}`, publicKey))))
    return {
      ...base,
      ...{ hosts, sshKey: privateKey, artifacts: runs.artifacts },
      release: (version, { vars, ...more } = {}) =>
        runs.run(version, {
          workflow: qaWorkflow,
          apiUrl: github.url,
          vars: { ...environmentOf(hosts, slack), ...vars },
          secrets: { SSH_KEY: privateKey, SLACK_TOKEN: slackToken },
          ...more,
        }),
    }
  })
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
