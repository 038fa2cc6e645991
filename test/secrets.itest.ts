import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeSlack } from '@belay/fakes/slack'
import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const passphrase = 'correct horse & "battery" 100% \'staple\''
/** In the arguments of a step: a watcher that misses it would also miss a secret. */
const canary = 'canary-of-the-watcher'
const token = 'xoxb-2024-secret-token-of-the-test'

/** The arguments of every process of this machine, the hosts' included, as often as they can be read. */
function watchArguments(secrets: readonly string[]) {
  const seen = new Set<string>()
  let looks = 0
  const look = () => {
    looks += 1
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        if (secrets.some((secret) => line.includes(secret))) seen.add(line)
      } catch {
        // ended between the listing and the read
      }
    }
  }
  const timer = setInterval(look, 4)
  return {
    stop() {
      clearInterval(timer)
      return { seen: [...seen], looks }
    },
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The text of a file; empty where there is none, or where another test has just removed it. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

describeIf(canStartHosts())('secrets', () => {
  test.for([
    ['a release that is committed', 'true'],
    ['a release that is undone', 'exit 1'],
  ])(
    '%s shows none in arguments, logs, outputs, summaries, records or files that stay',
    async ([, end], { onTestFinished }) => {
      const slack = await startFakeSlack({ tokens: { [token]: { scopes: ['chat:write'] } } })
      const fixture = await openFixture({ passphrase })
      onTestFinished(async () => {
        await fixture.close()
        await slack.stop()
      })
      // The first and last line of a key are no secret; the others are.
      const keyLines = fixture.privateKey.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))
      const secrets = [passphrase, encodeURIComponent(passphrase), token, ...keyLines]
      const watch = watchArguments([...secrets, canary])
      const inputs = { token, channel: 'C0RELEASES', 'api-url': slack.url }
      const completed = await fixture.job('v1', [
        { id: 'slack', uses: '$/actions/notify-slack', with: inputs },
        fixture.deploy('api', await fixture.release('api', 'v1'), { version: 'v1' }),
        { run: `sh -c 'sleep 0.3' ${canary}; ${end}` },
      ])
      const { seen, looks } = watch.stop()
      expect(looks).toBeGreaterThan(50)
      expect(seen.filter((line) => !line.includes(canary))).toEqual([])
      expect(seen).not.toEqual([])
      expect(completed.belay, completed.log).toBe(end === 'true' ? 'committed' : 'rolled-back')
      expect(slack.messages().length).toBe(1)

      const texts = new Map<string, string>([['all logs', completed.log]])
      for (const step of completed.job.steps)
        texts.set(`${step.path} ${step.stage}`, `${JSON.stringify(step.outputs)}${step.summary}`)
      for (const file of filesBelow(join(fixture.folder, 'p1'))) texts.set(file, readFileSync(file, 'latin1'))
      for (const host of fixture.hosts) {
        const found = await host.run(
          ['grep', '-rlF', '-e', passphrase, '-e', token, '-e', keyLines[1] ?? '', '/srv', '/home', '/tmp', '/run'],
          { user: 'root' },
        )
        expect(found.stdout.split('\n').filter((file) => file && !file.endsWith('authorized_keys'))).toEqual([])
      }
      for (const [where, text] of texts) for (const secret of secrets) expect(text.includes(secret), where).toBe(false)
      // The folders of this job's connections and of its key are removed with it.
      // Found by their host keys: ports are reused, and jobs with a lost runner leave folders of their own.
      const trusted = readdirSync(tmpdir()).map((name) => join(tmpdir(), name, 'known_hosts'))
      const mine = trusted.filter((file) =>
        fixture.hosts.some(({ knownHosts }) => contentOf(file).includes(knownHosts)),
      )
      expect(mine).toEqual([])
      expect([...texts.keys()].filter((file) => /secret-|known-hosts-/.test(file))).toEqual([])
    },
  )
})
