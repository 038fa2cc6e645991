// Starts a script with the Node of this repository, which `npm ci` installed: `node scripts/node.mjs scripts/test.ts unit`.
// The machine's own Node may be 20, which runs no TypeScript. npm 10 omits `node_modules/.bin/node`: it removes the link
// together with the package for the other processor. So this file is plain JavaScript for Node 20.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ours = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
const runsTypeScript = Number(process.versions.node.split('.')[0]) >= 24
if (!existsSync(ours) && !runsTypeScript) {
  console.error(`Node ${process.versions.node} is too old for the scripts here, and ${ours} is not installed.
How to fix: run npm ci without --omit=optional, or use Node 24 on a system other than Linux.`)
  process.exit(1)
}

const node = existsSync(ours) ? ours : process.execPath
// Programs in node_modules/.bin start with `#!/usr/bin/env node`.
const PATH = [dirname(node), process.env.PATH].join(delimiter)
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, PATH } })
// The terminal sends Ctrl-C to the child as well; other signals are passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`${node} cannot be started: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
