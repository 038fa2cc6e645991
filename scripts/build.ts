// Bundles every action with ncc into its committed dist/. With --check it builds beside and compares, byte for byte.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
const check = process.argv.includes('--check')
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

const stale: string[] = []
for (const entry of globSync(['actions/*/src/main.ts', 'actions/*/*/src/main.ts'], { cwd: root }).sort()) {
  const folder = entry.replace(/\/src\/main\.ts$/, '')
  if (only.length > 0 && !only.some((name) => folder.endsWith(name))) continue
  const dist = join(root, folder, 'dist')
  const out = check ? mkdtempSync(join(tmpdir(), 'belay-dist-')) : dist
  bundle(join(root, entry), out)
  if (check && !same(out, dist)) stale.push(folder)
  if (check) rmSync(out, { recursive: true })
  else console.log(`${folder}/dist`)
}
if (stale.length > 0) {
  console.error(`dist/ is not what the source builds: ${stale.join(', ')}. Run: npm run build`)
  process.exit(1)
}

function bundle(entry: string, out: string): void {
  rmSync(out, { recursive: true, force: true })
  // Not minified: it would make the start slower, and the person who debugs a release reads this file.
  execFileSync(
    process.execPath,
    [ncc, 'build', entry, '-o', out, '--no-cache', '--transpile-only', '--license', 'licenses.txt', '--quiet'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  // The runner does not tell an action which stage it is in; the name of the file that it starts does.
  const manifest = readFileSync(join(entry, '../../action.yml'), 'utf8')
  if (/^ {2}post: dist\/post\.js$/m.test(manifest)) writeFileSync(join(out, 'post.js'), "import './index.js'\n")
}

function same(a: string, b: string): boolean {
  if (!existsSync(b)) return false
  const names = readdirSync(a).sort()
  if (names.join() !== readdirSync(b).sort().join()) return false
  return names.every((name) => readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
}
