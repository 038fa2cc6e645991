// Bundles every action with ncc into its committed dist/, and their shared packages into actions/toolkit/dist/. With --check
// it builds into a temporary folder and compares, byte for byte.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import ts from 'typescript'
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
if (stale.length > 0)
  console.error(`These bundles differ from what the source builds: ${stale.join(', ')}. How to fix: npm run build`)
if (leftover.length > 0)
  console.error(`No source builds ${leftover.join(', ')} any more. How to fix: git rm -r ${leftover.join(' ')}`)
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
  for (const name of readdirSync(out).filter((name) => name.endsWith('.sh'))) withoutInnerComments(join(out, name))
  pointToToolkit(join(out, 'index.js'), dist)
  if (!minify) withoutComments(join(out, 'index.js'))
  // The runner does not pass the stage to an action. The name of the started file identifies it.
  const manifest = join(root, dist, '../action.yml')
  if (existsSync(manifest) && /^ {2}post: dist\/post\.js$/m.test(readFileSync(manifest, 'utf8')))
    writeFileSync(join(out, 'post.js'), "import './index.js'\n")
}

/** Webpack renames a file that ncc does not detect to a hash, and removes its first line if that is `#!`. */
function assertNamed(out: string): void {
  const hashed = readdirSync(out).find((name) => /^[0-9a-f]{20}\./.test(name))
  if (hashed)
    throw new Error(
      `${out}/${hashed} lost its name. How to fix: in the source write new URL('./name', import.meta.url) for it, in a module of its own.`,
    )
}

/**
 * Removes the comments inside of a host script, a third of what each call sends to a host. Those at its head stay: they tell
 * people on the host what the file is. No here-document of a host script has lines that begin with `#`.
 */
function withoutInnerComments(file: string): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  const head = lines.findIndex((line) => !line.startsWith('#'))
  const body = lines.slice(head).filter((line) => !/^\s*#/.test(line))
  writeFileSync(file, [...lines.slice(0, head), ...body].join('\n'))
}

/** Removes all comments, a quarter of what users download in each job. The code stays as readable as it is. */
function withoutComments(file: string): void {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: {
      allowJs: true,
      removeComments: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
    },
  })
  writeFileSync(file, outputText)
}

/** ncc keeps the import of `@belay/toolkit`, but users have no package of this name. */
function pointToToolkit(file: string, dist: string): void {
  const path = relative(dist, join(toolkit.dist, 'index.js'))
  const toolkitImport = /import\(\s*\/\* webpackIgnore: true \*\/\s*'@belay\/toolkit'\s*\)/g
  const text = readFileSync(file, 'utf8').replaceAll(toolkitImport, `import('${path}')`)
  if (text.includes(`'@belay/toolkit'`))
    throw new Error(
      `${file} imports the toolkit in an unknown form. How to fix: import(/* webpackIgnore: true */ '@belay/toolkit')`,
    )
  writeFileSync(file, text)
}

/**
 * Marks a package as free of side effects, which its own manifest does not. So webpack omits what no action calls: in
 * @actions/core that is getIDToken, and with it an HTTP client and undici, some 900 kB of every bundle.
 */
function markSideEffectFree(name: string): void {
  const file = join(root, 'node_modules', name, 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { sideEffects?: boolean }
  if (manifest.sideEffects === false) return
  // By a rename, because another process may read the file now.
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...manifest, sideEffects: false }, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

function same(a: string, b: string): boolean {
  if (!existsSync(b)) return false
  const names = readdirSync(a).sort()
  if (names.join() !== readdirSync(b).sort().join()) return false
  return names.every((name) => readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
}
