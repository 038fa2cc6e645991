import { type Base, openOn, releaseOn, variablesIn } from '../example-lab.ts'
import { commitsFor, type RenderAccount, urlsOf } from '../render-account.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import type { Version } from '../version.ts'
import { adminKey, apiKey, openExampleAccount } from './account.ts'
import { code, specs } from './services.ts'

/** The servers for releases to Render. */
export interface Lab extends Pick<Base, 'slack' | 'github' | 'close'> {
  readonly render: RenderAccount
  /** Runs the push of a version to main, or a start by hand with `previous`; `more` overrides. */
  release(version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
}

/** Starts Render, Slack and GitHub as local servers. Everything ends with `close` or with this process. */
export function openLab(): Promise<Lab> {
  const { settings, checkOut } = code
  return openOn({ checkOut, commits: commitsFor(specs, settings.render) }, async (base) => {
    const render = await base.add(openExampleAccount(base.folder))
    const vars = variablesIn(settings, urlsOf(render, specs), 'production')
    const own = { vars, secrets: { RENDER_API_KEY: apiKey, ADMIN_API_KEY: adminKey } }
    return { ...base, render, release: (version, more) => releaseOn(base, 'production', version, { own }, more) }
  })
}
