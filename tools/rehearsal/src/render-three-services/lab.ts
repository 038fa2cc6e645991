import type { FakeGitHub } from '@belay/fakes/github'
import type { FakeRender } from '@belay/fakes/render'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { exampleVariables } from '../example-variables.ts'
import { startExampleGitHub } from '../github.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import { openStarted } from '../started.ts'
import { type Version, v2 } from '../version.ts'
import { adminKey, apiKey, openAccount } from './account.ts'
import { type ExternalFailure, injectExternalFailure } from './external-failure.ts'
import { checkOut, commits, workflow } from './services.ts'

/** The servers for releases to Render. */
export interface Lab {
  readonly render: FakeRender
  readonly slack: FakeSlack
  readonly github: FakeGitHub
  /** Injects an external failure into the next release; undefined: none. */
  meet(externalFailure: ExternalFailure | undefined): void
  /** Runs the push of a version to main, or a start by hand with `previous`; `more` overrides. */
  release(version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
  /** Ends everything at once, also in the middle of a release. May be called twice. */
  close(): Promise<void>
}

/** Starts Render, Slack and GitHub as local servers. Everything ends with `close` or with this process. */
export async function openLab(): Promise<Lab> {
  const { folder, runs, add, close } = openStarted(checkOut)
  let externalFailure: ExternalFailure | undefined
  try {
    const [slack, github, render] = await Promise.all([
      add(startFakeSlack()),
      add(startExampleGitHub(new Map(), runs.artifacts, commits)),
      add(openAccount(folder, () => externalFailure === 'smoke-fails')),
    ])
    return {
      render,
      slack,
      github,
      meet(met) {
        externalFailure = met
        if (met) injectExternalFailure(render, met)
      },
      release(version, more) {
        const start = version === 'previous' ? { event: { name: 'workflow_dispatch' }, inputs: { version } } : {}
        return runs.run(version === 'previous' ? v2 : version, {
          workflow,
          ...start,
          apiUrl: github.url,
          vars: exampleVariables(slack),
          secrets: { SLACK_TOKEN: 'xoxb-fake' },
          environments: {
            production: { vars: variablesOf(render), secrets: { RENDER_API_KEY: apiKey, ADMIN_API_KEY: adminKey } },
          },
          ...more,
        })
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The variables of the environment `production`, as its operators would set them. */
function variablesOf(render: FakeRender): Record<string, string> {
  const api = render.urlOf('acme-api')
  return {
    BELAY_RENDER_API_URL: render.url,
    BELAY_URLS: `${api}/api/health`,
    API_URL: api,
    FRONTEND_URL: render.urlOf('acme-frontend'),
  }
}
