import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GitHubCommit } from '@belay/fakes/github'
import { type AnswersOfVersion, type FakeRender, type ServiceSpec, startFakeRender } from '@belay/fakes/render'
import { parse } from 'yaml'
import type { Failure, Request } from './repository/failures.ts'
import type { RenderSettings, Settings } from './repository/settings.ts'
import { type Filled, fillIn } from './repository/unit-files.ts'
import { type Version, v1, v2 } from './version.ts'

/** What the team had deployed with Render itself, before Belay. */
export const v0: Version = { name: 'v0', sha: '07d9a1b4c6e8f0213547698badcfe01324657980', number: '0.9.0' }

/** In milliseconds: slow enough to inject a fault into the middle of a deploy. */
const pace = { build: 4000, update: 500 }

/** A service of `render.yaml`, as far as a local Render has what it says. */
interface BlueprintService {
  readonly name: string
  readonly type: 'pserv' | 'web'
  readonly runtime: string
  readonly rootDir?: string
  readonly healthCheckPath?: string
  readonly buildFilter?: { readonly paths: readonly string[] }
  readonly disk?: object
}

/** The services that a repository describes for Render, in their order. */
export function readBlueprint(root: string, { needs }: RenderSettings): ServiceSpec[] {
  const { services } = parse(readFileSync(join(root, 'render.yaml'), 'utf8')) as { services: BlueprintService[] }
  return services.map(({ name, type, runtime, rootDir, healthCheckPath, buildFilter, disk }) => ({
    name,
    type: type === 'pserv' ? 'private_service' : runtime === 'static' ? 'static_site' : 'web_service',
    ...(rootDir && { rootDir }),
    ...(buildFilter && { paths: buildFilter.paths }),
    // A static site is asked for its page.
    ...(runtime === 'static' ? { healthCheckPath: '/' } : healthCheckPath && { healthCheckPath }),
    ...(disk && { disk: true }),
    ...(needs[name] && { needs: needs[name] }),
  }))
}

/** The commits of the versions, with the files that decide which services each one changes. */
export function commitsFor(specs: readonly ServiceSpec[], { unchanged }: RenderSettings): GitHubCommit[] {
  const filesAt = ({ name }: Version) =>
    Object.fromEntries(
      specs.map((spec) => [
        spec.rootDir ? `${spec.rootDir}/index` : (spec.paths?.[0] ?? spec.name),
        name === v2.name && unchanged.includes(spec.name) ? v1.name : name,
      ]),
    )
  return [v0, v1, v2].map((version, index, all) => ({
    sha: version.sha,
    parents: all
      .slice(0, index)
      .slice(-1)
      .map(({ sha }) => sha),
    message: version.name,
    files: { ...filesAt(version), 'README.md': version.name },
  }))
}

export interface AccountOptions {
  readonly key: string
  /** Values of variables that `rehearsal.yml` must not hold. */
  readonly filled: Filled
  /** What answers behind a service at a version, with its variables. */
  answers(service: string, env: Readonly<Record<string, string>>): ReturnType<AnswersOfVersion>
}

/** A local Render with the services of a repository, v0 live. */
export interface RenderAccount extends FakeRender {
  /** Makes Render, or a service of the second version, fail in the next release; undefined: nothing fails. */
  meet(failure: Failure | undefined): void
}

export async function openAccount(
  specs: readonly ServiceSpec[],
  { render: { env } }: Settings,
  { key, filled, answers }: AccountOptions,
): Promise<RenderAccount> {
  const render = await startFakeRender({ key, durations: pace })
  let failure: Failure | undefined
  const added = []
  for (const spec of specs) {
    added.push(
      await render.add(spec, (RENDER_GIT_COMMIT) => {
        const own = Object.fromEntries(render.simulation.account.named(spec.name).env)
        const wrong = RENDER_GIT_COMMIT === v2.sha ? failure?.env?.[spec.name] : {}
        return answers(spec.name, { ...own, ...wrong, RENDER_GIT_COMMIT })
      }),
    )
  }
  const all = { ...filled, ...urlsOf(render, specs) }
  for (const hosted of added)
    for (const [name, value] of Object.entries(env[hosted.spec.name] ?? {})) hosted.env.set(name, fillIn(value, all))
  for (const hosted of added) render.simulation.deploys.seed(hosted, v0.sha)
  return {
    ...render,
    meet(met) {
      failure = met
      for (const [service, deploys] of Object.entries(met?.deploys ?? {})) render.simulation.plan(service, deploys)
      for (const [request, some] of Object.entries(met?.answers ?? {}))
        render.simulation.script(request as Request, some)
    },
  }
}

/** What stands in texts of `rehearsal.yml` for URLs of Render: `{render}`, `{render:acme-api}`. */
export function urlsOf(render: FakeRender, specs: readonly ServiceSpec[]): Filled {
  const each = specs.map(({ name }) => [`render:${name}`, render.urlOf(name)] as const)
  return { render: render.url, ...Object.fromEntries(each) }
}
