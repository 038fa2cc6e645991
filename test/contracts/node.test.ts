import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/fixture.ts'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

test('every npm script that runs TypeScript starts the Node of this repository', () => {
  const commands = Object.entries(scripts).flatMap(([name, text]) =>
    text.split('&&').map((command) => ({ name, command: command.trim() })),
  )
  const bare = commands.filter(({ command }) => /\.ts\b/.test(command) && !command.startsWith('node scripts/node.mjs '))
  expect(bare).toEqual([])
})

test('the starter puts that Node first on the PATH, and ends as the script ends', () => {
  const script = 'console.log(require("node:child_process").execFileSync("node", ["-v"]).toString()); process.exit(3)'
  const { status, stdout } = spawnSync(process.execPath, ['scripts/node.mjs', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  })
  expect(status).toBe(3)
  expect(stdout.trim()).toMatch(/^v24\./)
})

test('the starter ends by the signal that ended the script', () => {
  const { signal } = spawnSync(process.execPath, ['scripts/node.mjs', '-e', 'process.kill(process.pid, "SIGTERM")'], {
    cwd: root,
  })
  expect(signal).toBe('SIGTERM')
})
