// Cuts GitHub's own description of its API down to the routes of the local GitHub, for the test that compares both:
//   npm run pin-github-api
// The whole description is the package @octokit/openapi, which has 385 MB: too much for `npm ci`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { githubRoutes } from '@belay/fakes/github'
import type { GitHubDescription } from '../tools/fakes/test/support/github-description.ts'

type Json = Record<string, unknown>

/** What is prose and says nothing of the form of an answer. */
const prose = ['description', 'summary', 'example', 'examples', 'externalDocs']

/**
 * The answers that a description of GitHub's API has for some routes, with all that they refer to. Pure.
 * @throws Error for a route that GitHub does not have
 */
export function cutDescription(whole: Json, routes: readonly string[]): Omit<GitHubDescription, 'source'> {
  const refs: Record<string, unknown> = {}

  /** `named`: its keys are names of properties, which may be called as prose is. */
  const cut = (value: unknown, named = false): unknown => {
    if (Array.isArray(value)) return value.map((part) => cut(part))
    if (typeof value !== 'object' || value === null) return value
    if ('$ref' in value) addRef(String(value.$ref))
    const entries = Object.entries(value).filter(([key]) => named || !prose.includes(key))
    return Object.fromEntries(entries.map(([key, part]) => [key, cut(part, !named && key === 'properties')]))
  }

  function addRef(ref: string): void {
    if (ref in refs) return
    // Taken before its content is cut: a schema may refer to itself.
    refs[ref] = undefined
    refs[ref] = cut(valueAt(whole, ref.replace(/^#\//, '').split('/')))
  }

  const answers = routes.map((route) => {
    const [method = '', path = ''] = route.split(' ')
    const responses = valueAt(whole, ['paths', path, method.toLowerCase(), 'responses'])
    if (responses === undefined) throw new Error(`GitHub's description has no ${route}.`)
    return [route, cut(responses)] as const
  })
  // Every error that a route's description does not name has this form.
  addRef('#/components/schemas/basic-error')
  return { answers: Object.fromEntries(answers), refs } as Omit<GitHubDescription, 'source'>
}

function valueAt(whole: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], whole)
}

/** The description that the package has, as it is on npm. */
function download(spec: string): Json {
  const folder = mkdtempSync(join(tmpdir(), 'belay-openapi-'))
  try {
    const [packed] = JSON.parse(execFileSync('npm', ['pack', spec, '--json'], { cwd: folder, encoding: 'utf8' }))
    const file = ['-xzOf', join(folder, packed.filename), 'package/generated/api.github.com.json']
    return JSON.parse(execFileSync('tar', file, { encoding: 'utf8', maxBuffer: 100_000_000 }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..')
  // The description of which Belay's types are made.
  const types = JSON.parse(readFileSync(join(root, 'node_modules/@octokit/openapi-types/package.json'), 'utf8'))
  const source = `@octokit/openapi@${types.octokit['openapi-version']}`
  const pinned: GitHubDescription = { source, ...cutDescription(download(source), githubRoutes) }
  writeFileSync(join(root, 'tools/fakes/test/support/github-description.json'), JSON.stringify(pinned))
  execFileSync('npx', ['biome', 'format', '--write', 'tools/fakes/test/support/github-description.json'], { cwd: root })
  console.log(`Pinned ${githubRoutes.length} routes of ${source}.`)
}
