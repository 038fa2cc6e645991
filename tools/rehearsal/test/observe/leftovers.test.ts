import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SlackMessage } from '@belay/fakes/slack'
import { expect, onTestFinished, test } from 'vitest'
import { leftoverProblems } from '../../src/checks/leftovers.ts'
import { leftoversInReports, leftoversOnRunner, patternsOf } from '../../src/observe/leftovers.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bl-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

function makeKey(): string {
  const file = join(folder(), 'id')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  return readFileSync(file, 'utf8')
}

test('a key is searched for by the lines that no other key has', () => {
  const [ones, twos] = [patternsOf([makeKey()]), patternsOf([makeKey()])]
  expect(ones.length).toBeGreaterThan(2)
  expect(ones.filter((line) => twos.includes(line))).toEqual([])
})

test('of a URL the password is searched for too, encoded and decoded', () => {
  expect(patternsOf(['postgres://acme:rope%20%40%20knot@db:5432/acme'])).toEqual([
    'postgres://acme:rope%20%40%20knot@db:5432/acme',
    'rope%20%40%20knot',
    'rope @ knot',
  ])
})

test('files with a secret are found in all folders, those without are not', async () => {
  const root = folder()
  const privateKey = makeKey()
  mkdirSync(join(root, 'temp/secret-1-x'), { recursive: true })
  mkdirSync(join(root, 'job'))
  writeFileSync(join(root, 'temp/secret-1-x/key'), privateKey)
  writeFileSync(join(root, 'job/log'), 'token=xoxb-fake-token;')
  writeFileSync(join(root, 'job/clean'), 'nothing')
  const found = await leftoversOnRunner(
    ['temp', 'job', 'gone'].map((name) => join(root, name)),
    [privateKey, 'xoxb-fake-token'],
  )
  expect(found.map(({ place }) => place.replace(root, ''))).toEqual([
    'the runner: /temp/secret-1-x/key',
    'the runner: /job/log',
  ])
  expect(leftoverProblems(found.slice(1), ['release'])).toEqual([
    `a secret was left in the runner: ${root}/job/log`,
    'release left a process running on its runner',
  ])
})

test('a message that was changed later counts too', () => {
  const messages = [
    { ts: '1.1', text: 'all well', earlier: [{ text: 'with xoxb-fake-token', blocks: [] }] },
    { ts: '1.2', text: 'all well', earlier: [] },
  ] as unknown as SlackMessage[]
  expect(leftoversInReports({ messages, deployments: [] }, ['xoxb-fake-token'])).toEqual([
    { place: 'the message 1.1 in Slack' },
  ])
})
