import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heldStep, type JobOptions, type JobStep, root, waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import type { Pause } from '../support/pause.ts'
import { atPhase } from '../support/pauses.ts'
import { lacksDatabase, openProduction, type Production, reloadNginx, slots } from './production.ts'

interface Row {
  main: string
  decision: string
  runner: string
  result: string
  job: string
  users: string
  slot: string
  schema: string
}

/** The rows between the traffic marks of docs/decisions/transaction.md. */
function rows(): Row[] {
  const page = readFileSync(join(root, 'docs/decisions/transaction.md'), 'utf8')
  const [, table = ''] = /<!-- traffic -->\n([\s\S]*?)<!-- \/traffic -->/.exec(page) ?? []
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [main = '', decision = '', runner = '', result = '', job = '', users = '', slot = '', schema = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
      return { main, decision, runner, result, job, users, slot, schema }
    })
}

/** How the row differs from a successful release. */
interface Scenario {
  faults?: Record<string, unknown>
  /** The SQL of the row's migration. */
  sql?: string
  steps?: (steps: JobStep[]) => JobStep[]
  more?: JobStep[]
  options?: JobOptions
  /** After the job, before the verification. */
  after?: () => Promise<unknown>
  /** Cleans up for the next row what no job cleans up. */
  tidy?: () => Promise<unknown>
}

/** Waits for what the pause does, then ends as given. */
const smoke = (end: string): JobStep => ({
  id: 'smoke',
  run: heldStep(end),
})
const atSmoke = (inject: Pause['inject']): JobOptions => ({
  pause: { step: 'release/smoke', stage: 'main', match: {}, inject },
})

const conclusions: Record<string, string> = { green: 'success', red: 'failure', cancelled: 'cancelled', lost: 'lost' }
const upstream = '/etc/nginx/belay/api-qa/active.conf'

describeIf(canStartSystemdHosts() ?? lacksDatabase())('the promises for a schema, two slots and a proxy', () => {
  let production: Production
  let host: SystemdHost
  let live = 'v0'

  beforeAll(async () => {
    production = await openProduction(2)
    host = production.hosts[0] as SystemdHost
    production.migration('000_orders.sql', 'CREATE TABLE orders (id serial PRIMARY KEY);\n')
    const first = await production.job(live, await production.steps(live))
    expect(first.belay, first.log).toBe('committed')
  }, 600_000)
  afterAll(() => production?.close())

  const idle = async () => {
    const [active] = (await production.slotsOn(host)).split(' ')
    return slots.find((port) => String(port) !== active) as number
  }
  const asRoot = (on: SystemdHost, ...argv: string[]) => on.run(argv, { user: 'root' })
  const kill = (step: string, phase: string): JobOptions =>
    atPhase(`release/${step}`, phase, (controller) => controller.kill())
  const pointTo = async (port: number, text = '') => {
    await host.write(upstream, `${text}server this-host:${port};\n`)
    await asRoot(host, 'chown', 'deploy:deploy', upstream)
    await reloadNginx(host)
  }

  const broken = '/etc/nginx/sites-enabled/broken'
  /** From the proof of the slot on nginx refuses its configuration, on one of the hosts: another service's file is wrong. */
  const refusedByNginx = (): JobOptions =>
    atPhase('release/traffic', 'prove', () => host.write(broken, 'server { listen nonsense; }\n'))
  const mendNginx = () => asRoot(host, 'rm', broken)

  /** Injects a fault while the row's migration sleeps in the server, after its first statements. */
  const inMigration = (inject: Pause['inject']): JobOptions => ({
    onEvent(event, controller) {
      if (event.type !== 'log' || !/applying \d+_row/.test(event.line)) return
      const sleeps = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"
      void waitFor('the migration sleeps', 30, async () => (await production.postgres.query('acme', sleeps)).length > 0)
        .then(() => inject(controller))
        .catch(() => {})
    },
  })

  const scenarios: Record<string, (before: { active: number; idle: number; column: string }) => Scenario> = {
    'ended well, commit': () => ({}),
    'ended well, undo: a later step failed': () => ({ more: [{ run: 'exit 1' }] }),
    'ended well, undo: the job was cancelled': () => ({
      more: [smoke('sleep 30')],
      options: atSmoke((controller) => controller.cancel()),
    }),
    'ended well, none': () => ({
      steps: (steps) => steps.map((step) => ({ ...step, with: { ...(step.with as object), ...short(step) } })),
      more: [smoke('true')],
      options: atSmoke((controller) => controller.loseRunner()),
    }),
    'lost between fill and switch, none': () => ({
      steps: ([schema, fill, traffic]) => [
        schema as JobStep,
        { ...fill, with: { ...(fill?.with as object), ...short(fill as JobStep) } },
        smoke('true'),
        traffic as JobStep,
      ],
      options: atSmoke((controller) => controller.loseRunner()),
    }),
    'the migration failed, undo: the job failed': () => ({ sql: 'ALTER TABLE nowhere ADD COLUMN a int;\n' }),
    'killed in a migration that is no transaction, undo: the job failed': ({ column }) => ({
      sql: `-- belay: no-transaction\nALTER TABLE orders ADD COLUMN ${column} int;\nSELECT pg_sleep(8);\n`,
      options: inMigration((controller) => controller.kill()),
    }),
    'cancelled in a migration that is one, undo: the job was cancelled': ({ column }) => ({
      sql: `ALTER TABLE orders ADD COLUMN ${column} int;\nSELECT pg_sleep(60);\n`,
      options: inMigration((controller) => controller.cancel()),
    }),
    'the fill failed, undo: the job failed': () => ({ faults: { health: 500 } }),
    'killed in the fill, undo: the job failed': () => ({ options: kill('api', 'restart') }),
    'the idle slot died before the switch, undo: the job failed': (before) => ({
      steps: ([schema, fill, traffic]) => [schema as JobStep, fill as JobStep, smoke('true'), traffic as JobStep],
      options: atSmoke(() => asRoot(host, 'systemctl', 'stop', `api-qa@${before.idle}`).then(() => {})),
    }),
    'the switch failed, undo: the job failed': () => ({ options: refusedByNginx(), tidy: mendNginx }),
    'the switch failed, tolerated, undo: the fill was undone with it': () => ({
      steps: ([schema, fill, traffic]) => [
        schema as JobStep,
        fill as JobStep,
        { ...traffic, 'continue-on-error': true },
      ],
      options: refusedByNginx(),
      tidy: mendNginx,
    }),
    'killed in the switch, undo: the job failed': () => ({ options: kill('traffic', 'weight-100') }),
    "ended well, undo: a later step failed, the proxy's file was edited by hand": (before) => ({
      more: [smoke('exit 1')],
      options: atSmoke(() => pointTo(before.idle, '# by hand\n')),
      tidy: () => pointTo(before.active),
    }),
    'ended well, commit, traffic was moved back by hand on one host': (before) => ({
      more: [smoke('true')],
      options: atSmoke(() => pointTo(before.active)),
      tidy: () => pointTo(before.idle),
    }),
    'ended well, undo: a later step failed, the old slot is dead': (before) => ({
      more: [smoke('exit 1')],
      options: atSmoke(async () => {
        for (const one of production.hosts) await asRoot(one, 'systemctl', 'stop', `api-qa@${before.active}`)
      }),
    }),
    'ended well, undo: a later step failed, a host is cut off': () => ({
      steps: (steps) => steps.map((step) => ({ ...step, with: { ...(step.with as object), ...short(step) } })),
      more: [smoke('exit 1')],
      options: atSmoke(async () => {
        await host.link.refuse(true)
        host.link.cut()
      }),
      after: () => host.link.refuse(false),
    }),
    'ended well, no migration, the switch with `undo: false`, undo: a later step failed': () => ({
      steps: ([, fill, traffic]) => [
        fill as JobStep,
        { ...traffic, with: { ...(traffic?.with as object), undo: 'false' } },
      ],
      more: [{ run: 'exit 1' }],
    }),
    'rollback after own switch, no migration, commit': () => ({
      steps: ([, fill, traffic]) => [fill as JobStep, traffic as JobStep],
      more: [{ ...production.switchTo('', { command: 'rollback' }), id: 'back' }],
    }),
    'ended well, `until: gate`, commit': () => ({
      steps: ([, fill]) => [{ ...fill, with: { ...(fill?.with as object), until: 'gate' } }],
    }),
  }

  const short = (step: JobStep) =>
    step.id === 'schema' ? {} : { 'confirm-timeout': '12s', ...(step.id === 'traffic' && { 'drain-timeout': '1s' }) }

  test('each row has its scenario, and each scenario its row', () => {
    expect(rows().map(({ main, decision }) => `${main}, ${decision}`)).toEqual(Object.keys(scenarios))
  })

  test.for(rows().map((row, index) => [`${row.main} | ${row.decision}`, row, index] as const))(
    '%s',
    async ([, row, index]) => {
      const version = `v${index + 1}`
      const old = live
      const column = `c${index}`
      const before = { active: slots.find((port) => port !== undefined) as number, idle: await idle(), column }
      before.active = slots.find((port) => port !== before.idle) as number
      const scenario = scenarios[`${row.main}, ${row.decision}`]?.(before) ?? {}
      const migration = `${String(index + 1).padStart(3, '0')}_row`
      const shadow = row.main.includes('gate')
      if (!shadow)
        production.migration(`${migration}.sql`, scenario.sql ?? `ALTER TABLE orders ADD COLUMN ${column} int;\n`)
      const steps = await production.steps(version, scenario.faults)
      const completed = await production.job(
        version,
        [...(scenario.steps?.(steps) ?? steps), ...(scenario.more ?? [])],
        scenario.options,
      )
      await scenario.after?.()

      expect(completed.belay, completed.log).toBe(row.result)
      expect(completed.result.conclusion, completed.log).toBe(conclusions[row.job])
      if (scenario.options?.pause) expect(completed.paused, completed.log).toBe(true)

      const patience = row.users.endsWith('later') || row.slot.endsWith('later') ? 90 : 10
      const users = {
        new: `${version} ${version}`,
        old: `${old} ${old}`,
        'by hand': `${version} ${old}`,
        'old there': `${old} ${version}`,
      }
      const [promised = ''] = row.users.split(', ')
      const wanted = users[promised as keyof typeof users]
      await waitFor(
        `users get ${wanted}\n${completed.log}`,
        patience,
        async () => (await production.users()) === wanted,
      )

      const runs = async () => (await host.run(['systemctl', 'is-active', `api-qa@${before.idle}`])).stdout.trim()
      const goal = { runs: 'active', stopped: 'inactive' }[row.slot.split(', ')[0] as 'runs'] as string | undefined
      if (goal)
        await waitFor(`the new slot is ${goal}\n${completed.log}`, patience, async () => (await runs()) === goal)

      const applied = await production.postgres.query('acme', 'SELECT 1 FROM belay_migrations WHERE name = $1', [
        migration,
      ])
      expect(applied.length, completed.log).toBe(row.schema.startsWith('new') ? 1 : 0)
      const columns = await production.postgres.query(
        'acme',
        "SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = $1",
        [column],
      )
      expect(columns.length, completed.log).toBe(row.schema.startsWith('old') || shadow ? 0 : 1)
      if (row.schema === 'new, named')
        expect(completed.log).toMatch(new RegExp(`schema of api: stays\\. .*${migration}`))
      if (row.schema === 'half, named')
        expect(completed.log).toMatch(new RegExp(`schema of api: mixed\\. ${migration} .*finish or undo by hand`))

      // In every case all locks are free, and the next release succeeds.
      await scenario.tidy?.()
      if (scenario.sql) production.migration(`${migration}.sql`, 'SELECT 1;\n')
      live = ['new', 'old there'].includes(row.users) ? version : old
      const next = await production.job(`${version}.1`, await production.steps(`${version}.1`))
      expect(next.belay, `${completed.log}\n=== and then\n${next.log}`).toBe('committed')
      live = `${version}.1`
    },
  )
})
