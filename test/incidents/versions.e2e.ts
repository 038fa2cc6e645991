import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CompletedJob, heldStep, type JobOptions, type JobStep, lockIsFree, waitFor } from '../support/fixture.ts'
import { deploymentOf, startGitHubWithHistory } from '../support/history.ts'
import { describeIf } from '../support/need.ts'
import { lacksDatabase, openProduction, type Production, shaOf } from './production.ts'
import { openSecondService } from './second-service.ts'
import { whileUsed } from './users.ts'

/** What Belay keeps of a release in the payload of its deployment, as far as it is read here. */
interface Kept {
  readonly belay: { readonly release: string }
}

/** A window of another day of the week. */
function closedToday(): string {
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  return `${days[(new Date().getUTCDay() + 3) % 7]} 06-08`
}

/** Incidents vii and viii: tagged releases with the composite, admitted by a local GitHub and again on the hosts. */
describeIf(canStartSystemdHosts() ?? lacksDatabase())('incidents with tags', () => {
  let production: Production
  let host: SystemdHost
  let github: FakeGitHub
  let slack: FakeSlack

  beforeAll(async () => {
    slack = await startFakeSlack()
    github = await startGitHubWithHistory(
      {
        'v1.3.8': undefined,
        'v1.3.9': 'v1.3.8',
        'v1.4.0': 'v1.3.9',
        'v1.4.1': 'v1.4.0',
        'v1.4.2': 'v1.4.1',
        'v1.4.3': 'v1.4.2',
        'v1.4.4': 'v1.4.3',
        'v1.5.0': 'v1.4.2',
        'v1.5.1': 'v1.5.0',
      },
      { main: 'v1.5.1', 'release/1.4': 'v1.4.4' },
    )
    production = await openProduction(2)
    host = production.hosts[0] as SystemdHost
    production.migration('001_orders.sql', 'CREATE TABLE orders (id serial PRIMARY KEY, what text);\n')
    const first = await release('v1.3.8')
    expect(first.belay, first.log).toBe('committed')
  }, 600_000)
  afterAll(async () => {
    await production?.close()
    await github?.stop()
    await slack?.stop()
  })

  /** Two jobs at once, and users: a small machine may take its time. */
  const patientUsers = { timeoutMs: 30_000 }
  const patient = { 'confirm-timeout': '5m', 'lock-timeout': '5m' }

  /** The one step of a production release, and what a user's own step after it does. */
  async function ship(version: string, more: Record<string, string> = {}): Promise<JobStep> {
    const inputs = (await production.fill(version, patient)).with as Record<string, string>
    const { migrations } = production.migrate(version).with as Record<string, string>
    return {
      id: 'ship',
      uses: '$/actions/release',
      with: {
        ...inputs,
        migrations,
        'database-url': production.databaseUrl,
        urls: production.hosts.map((one) => production.frontOf(one)).join('\n'),
        'slack-token': 'xoxb-fake',
        'slack-channel': 'releases',
        'slack-api-url': slack.url,
        ...more,
      },
    }
  }
  const release = async (
    version: string,
    options: JobOptions = {},
    more: Record<string, string> = {},
    then: JobStep[] = [],
  ) => production.job(version, [await ship(version, more), ...then], { github, ...options })
  const commit = async (version: string, ...rest: [JobOptions?, Record<string, string>?]) => {
    const completed = await release(version, ...rest)
    expect(completed.belay, completed.log).toBe('committed')
    expect(await production.users()).toBe(`${version} ${version}`)
    return completed
  }
  const codeOf = (completed: CompletedJob, step: string) =>
    completed.job.steps.find(({ path }) => path === `release/ship/${step}`)?.outputs['failure-code']
  const locksAreFree = async () =>
    (await Promise.all(production.hosts.map((one) => lockIsFree(one, 'api')))).every((free) => free)

  describe('vii. two tags at once', () => {
    test('one that waits for its approval holds no lock, and is superseded later (rule 4)', async () => {
      const planned = await production.job(
        'v1.3.9',
        [
          {
            id: 'plan',
            uses: '$/actions/release/plan',
            with: { service: 'api', environment: 'qa', version: 'v1.3.9', 'github-token': '${{ github.token }}' },
          },
        ],
        { github },
      )
      expect(planned.result.conclusion, planned.log).toBe('success')
      expect(await locksAreFree()).toBe(true)
      await commit('v1.4.0')
      const approved = await release('v1.3.9')
      expect([approved.belay, approved.result.conclusion], approved.log).toEqual(['superseded', 'success'])
      expect(approved.log).toContain('v1.3.9 is older than v1.4.0, which is live')
      expect(await production.users()).toBe('v1.4.0 v1.4.0')
    })

    test('the release that a newer one overtakes on the hosts is superseded, and changes no host', async () => {
      production.migration('002_note.sql', 'ALTER TABLE orders ADD COLUMN note text;\n')
      let waits = false
      let newer: Promise<CompletedJob> | undefined
      const smoke: JobStep = {
        id: 'smoke',
        run: heldStep(),
      }
      await whileUsed(
        production,
        host,
        async () => {
          // Both are admitted over v1.4.0. The older one migrates first and reaches the hosts last.
          const older = await release('v1.4.1', {
            pause: {
              step: 'release/ship/deploy-ssh',
              stage: 'main',
              match: { event: 'phase', phase: 'connect' },
              async inject() {
                production.migration('003_by.sql', 'ALTER TABLE orders ADD COLUMN by text;\n')
                let armed = false
                const inject = async () => {
                  armed = true
                  await waitFor('the older one waits for the hosts', 100, async () => waits)
                }
                const pause = { step: 'release/smoke', stage: 'main' as const, match: {}, inject }
                newer = release('v1.4.2', { pause }, {}, [smoke])
                await Promise.race([newer, waitFor('the newer one has the hosts', 110, async () => armed)])
              },
            },
            onEvent(event) {
              if (event.type === 'log' && event.path === 'release/ship/deploy-ssh' && /Waiting up to/.test(event.line))
                waits = true
            },
          })
          const first = await newer
          expect(first?.belay, first?.log).toBe('committed')
          expect(waits, older.log).toBe(true)
          expect([older.belay, older.result.conclusion], older.log).toEqual(['superseded', 'success'])
          expect(older.log).toMatch(/Superseded: v1\.4\.2 \(\S+\) was committed while v1\.4\.1 waited/)
          expect(older.log).toContain('The migrations that this job applied to api stay: 002_note.')
          expect(older.job.steps.find(({ path }) => path === 'release/ship')?.outputs.result).toBe('superseded')
        },
        patientUsers,
      )
      expect(await production.users()).toBe('v1.4.2 v1.4.2')
      expect(await locksAreFree()).toBe(true)
      expect(await production.postgres.query('acme', 'SELECT note, by FROM orders')).toEqual([])
      expect(deploymentOf(github, 'v1.4.1')).toBe('inactive')
      expect(deploymentOf(github, 'v1.4.2')).toBe('success')
      expect(slack.messages().find(({ text }) => text.includes('v1.4.1'))?.text).toMatch(/^⏭️ .* superseded$/m)
    })
  })

  describe('viii. a hotfix while main is ahead', () => {
    test('its tag on release/1.4 is released, although QA has a newer version', async () => {
      await production.postgres.createDatabase('acme_qa')
      const newer = join(production.folder, 'newer')
      mkdirSync(newer)
      writeFileSync(join(newer, '009_of_main.sql'), 'CREATE TABLE baskets (id serial PRIMARY KEY);\n')
      const url = production.databaseUrl.replace(/[^/]*$/, 'acme_qa')
      const qa = await production.job('v1.5.0', [
        production.migrate('v1.5.0', {
          environment: 'staging',
          'database-url': url,
          migrations: newer,
          backup: 'none',
        }),
      ])
      expect(qa.belay, qa.log).toBe('committed')
      await whileUsed(production, host, () => commit('v1.4.3'), patientUsers)
      expect(deploymentOf(github, 'v1.4.3')).toBe('success')
    })

    test('the next release of main lacks it: a warning in the log and in Slack', async () => {
      const completed = await commit('v1.5.0')
      const warning = 'v1.5.0 lacks commits that are live with v1.4.3.'
      expect(completed.job.steps.flatMap(({ annotations }) => annotations.map(({ message }) => message))).toContain(
        warning,
      )
      const message = slack.messages().find(({ text }) => text.includes('v1.5.0'))
      expect(JSON.stringify(message?.blocks)).toContain(warning)
    })

    test('a hotfix that does not descend from the live version is refused', async () => {
      const completed = await release('v1.4.4')
      expect([completed.belay, codeOf(completed, 'plan')], completed.log).toEqual(['unchanged', 'not-descended'])
      expect(await production.users()).toBe('v1.5.0 v1.5.0')
    })

    const byHand: JobOptions = { trigger: 'workflow_dispatch' }

    test('a start by hand restores the hotfix although main lacks it (rule 18)', async () => {
      const back = await commit('v1.4.3', byHand, { window: closedToday(), 'proven-by': '.github/workflows/qa.yml' })
      expect(back.log).toContain(
        'v1.4.3 is on release/1.4 and lacks commits of v1.5.0, which is live. It was live here',
      )
      expect([deploymentOf(github, 'v1.4.3'), deploymentOf(github, 'v1.5.0')]).toEqual(['success', 'inactive'])
    })

    test('a start by hand with a release id restores the release that was left (rule 18)', async () => {
      const left = github.deployments().find(({ sha }) => sha === shaOf('v1.5.0'))?.payload as Kept
      const again = await release('v1.5.0', byHand, { version: left.belay.release })
      expect(again.belay, again.log).toBe('committed')
      expect(await production.users()).toBe('v1.5.0 v1.5.0')
      expect(deploymentOf(github, 'v1.5.0')).toBe('success')
    })

    test('a reason overrides window and QA check, never the schema (rule 16)', async () => {
      const window = closedToday()
      const built = (await production.fill('v1.5.1')).with as Record<string, string>
      const upload: JobStep[] = [
        { run: `cp -r '${built.source}' out` },
        { uses: 'actions/upload-artifact@v4', with: { name: 'api', path: 'out' } },
      ]
      const asked = { window, source: '', 'proven-by': '.github/workflows/qa.yml' }
      const tried = async (more: Record<string, string>, options: JobOptions = {}) =>
        production.job('v1.5.1', [...upload, await ship('v1.5.1', { ...asked, ...more })], { github, ...options })
      const late = await tried({})
      expect(codeOf(late, 'plan'), late.log).toBe('outside-window')
      const unproven = await tried({ window: '' })
      expect(codeOf(unproven, 'plan'), unproven.log).toBe('not-proven')
      const reason = { 'override-reason': 'the tax is wrong' }
      const completed = await tried(reason)
      expect(completed.belay, completed.log).toBe('committed')
      expect(completed.log).toMatch(/Outside the release window \(.*\)\. Reason: the tax is wrong/)
      expect(completed.log).toContain('Not verified by QA. Reason: the tax is wrong')

      production.migration('010_drop_note.sql', 'ALTER TABLE orders DROP COLUMN note;\n')
      const contract = await production.job('v1.5.1', [
        production.migrate('v1.5.1', { phase: 'contract', 'oldest-compatible-version': 'v1.5.1' }),
      ])
      expect(contract.belay, contract.log).toBe('committed')
      const back = await release('v1.5.0', { trigger: 'workflow_dispatch' }, reason)
      expect([back.belay, codeOf(back, 'deploy-ssh')], back.log).toEqual(['unchanged', 'schema-ahead'])
      expect(back.log).toContain('010_drop_note')
      expect(await production.users()).toBe('v1.5.1 v1.5.1')
    })
  })

  test('vii. two repositories move the traffic of one nginx at the same time: both succeed', async () => {
    const secondService = await openSecondService(production)
    const other = { repository: 'acme/worker' }
    const first = await production.job('w1', await secondService.steps('w1'), other)
    expect(first.belay, first.log).toBe('committed')
    await whileUsed(
      production,
      host,
      () =>
        whileUsed(
          secondService,
          host,
          async () => {
            const [mine, theirs] = await Promise.all([
              production.job('m2', [
                await production.fill('m2', { ...patient, 'check-timeout': '60s' }),
                production.switchTo('m2', patient),
              ]),
              production.job('w2', await secondService.steps('w2', patient), other),
            ])
            expect(mine.belay, mine.log).toBe('committed')
            expect(theirs.belay, theirs.log).toBe('committed')
          },
          { ...patientUsers, rate: 50 },
        ),
      { ...patientUsers, rate: 150 },
    )
    expect(await production.users()).toBe('m2 m2')
    expect(await secondService.users()).toBe('w2 w2')
  })
})
