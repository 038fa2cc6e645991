// Bundles every action with ncc into its committed dist/, and what they share into actions/toolkit/dist/. With --check it
// builds beside and compares, byte for byte.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Bundle, bundlesOf, leftoverDists, toolkit } from './bundles.ts'

const root = join(import.meta.dirname, '..')
const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
const check = process.argv.includes('--check')
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

markSideEffectFree('@actions/core')
const stale: string[] = []
for (const wanted of bundlesOf(root)) {
  const { dist } = wanted
  if (only.length > 0 && !only.some((name) => dist.endsWith(`${name}/dist`))) continue
  const out = check ? mkdtempSync(join(tmpdir(), 'belay-dist-')) : join(root, dist)
  bundle(wanted, out)
  if (check && !same(out, join(root, dist))) stale.push(dist)
  if (check) rmSync(out, { recursive: true })
  else console.log(dist)
}
const leftover = check ? leftoverDists(root) : []
if (stale.length > 0) console.error(`Not what the source builds: ${stale.join(', ')}. Run: npm run build`)
if (leftover.length > 0)
  console.error(`No source builds ${leftover.join(', ')} any more. Run: git rm -r ${leftover.join(' ')}`)
if (stale.length + leftover.length > 0) process.exit(1)

function bundle({ entry, dist, minify }: Bundle, out: string): void {
  rmSync(out, { recursive: true, force: true })
  const options = ['--no-cache', '--transpile-only', '--license', 'licenses.txt', '--quiet']
  if (minify) options.push('--minify')
  execFileSync(process.execPath, [ncc, 'build', join(root, entry), '-o', out, ...options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  assertNamed(out)
  pointToToolkit(join(out, 'index.js'), dist)
  // The runner does not tell an action which stage it is in; the name of the file that it starts does.
  const manifest = join(root, dist, '../action.yml')
  if (existsSync(manifest) && /^ {2}post: dist\/post\.js$/m.test(readFileSync(manifest, 'utf8')))
    writeFileSync(join(out, 'post.js'), "import './index.js'\n")
}

/** A file that ncc does not see itself gets a hash for a name from webpack, and loses its first line if that is `#!`. */
function assertNamed(out: string): void {
  const hashed = readdirSync(out).find((name) => /^[0-9a-f]{20}\./.test(name))
  if (hashed)
    throw new Error(`${out}/${hashed} has no name. Read it in a file of its own: new URL('./name', import.meta.url).`)
}

/** ncc leaves the import of `@belay/toolkit` as it is; users have no package of this name. */
function pointToToolkit(file: string, dist: string): void {
  const path = relative(dist, join(toolkit.dist, 'index.js'))
  const asked = /import\(\s*\/\* webpackIgnore: true \*\/\s*'@belay\/toolkit'\s*\)/g
  const text = readFileSync(file, 'utf8').replaceAll(asked, `import('${path}')`)
  if (text.includes(`'@belay/toolkit'`)) throw new Error(`${file} asks for the toolkit in a way that is not known here`)
  writeFileSync(file, text)
}

/**
 * Says of a package that loading it does nothing, which it does not say itself. So webpack leaves out what no action calls:
 * of @actions/core that is getIDToken, and with it an HTTP client and undici, some 900 kB of every bundle.
 */
function markSideEffectFree(name: string): void {
  const file = join(root, 'node_modules', name, 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { sideEffects?: boolean }
  if (manifest.sideEffects === false) return
  // In one piece, as another process may read it now.
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...manifest, sideEffects: false }, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

function same(a: string, b: string): boolean {
  if (!existsSync(b)) return false
  const names = readdirSync(a).sort()
  if (names.join() !== readdirSync(b).sort().join()) return false
  return names.every((name) => readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
}
