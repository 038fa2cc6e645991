import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inputs } from '@belay/action-harness'
import type { Cluster } from '@belay/test-cluster'
import type { Postgres } from '@belay/test-hosts'
import {
  type Fixture,
  openFixture,
  type Released,
  type ReleaseOptions,
  releaseIn,
} from '../../../deploy-kubernetes/test/support/fixture.ts'

/** A line each: `NAME=SQL` (tools/test-cluster/go/app/migrate.go). */
export type Migrations = readonly string[]

/** A namespace whose pods reach a database of their own, and jobs that migrate it. */
export interface JobFixture extends Fixture {
  /** A whole job: main, and post. */
  migrate(migrations: Migrations, options?: ReleaseOptions): Promise<Released>
  /** The inputs of such a job. */
  migrateInputs(migrations: Migrations, more?: Inputs): Promise<Inputs>
  /** Names of the tables of the database. */
  tables(): Promise<string[]>
  /** The holder of the lock; empty where it is free. */
  holder(): Promise<string>
  jobs(): Promise<{ running: number; ended: number }>
}

let databases = 0

export async function openJobFixture(
  cluster: Cluster,
  postgres: Postgres,
  onTestFinished: (cleanUp: () => void | Promise<void>) => void,
): Promise<JobFixture> {
  const fixture = await openFixture(cluster, { v1: '', v2: '', v3: '' }, onTestFinished)
  const folder = mkdtempSync(join(tmpdir(), 'belay-migrate-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const database = `db_${process.pid}_${++databases}`
  await postgres.createDatabase(database)
  const url = postgres.url(database, { host: cluster.address, password: 'pass-of-the-cluster' })
  await fixture.kubectl('create', 'secret', 'generic', 'database', `--from-literal=url=${url}`)
  let sets = 0

  async function migrateInputs(migrations: Migrations, more: Inputs = {}): Promise<Inputs> {
    const image = await cluster.pushImage('ghcr.io/acme/api', { MIGRATIONS: migrations.join('\n') })
    const place = join(folder, `set-${++sets}`)
    mkdirSync(join(place, 'migrations'), { recursive: true })
    for (const one of migrations) {
      const [name = '', sql = ''] = one.split(/=(.*)/s)
      const text = sql.startsWith('--')
        ? `-- belay: no-transaction\n${sql.slice(2).replaceAll(' ;; ', ';\n')};\n`
        : `${sql};\n`
      writeFileSync(join(place, 'migrations', `${name}.sql`), text)
    }
    const { kubeconfig = '', namespace = '' } = fixture.inputs([])
    return {
      via: `job:${join(import.meta.dirname, 'job.yml')}`,
      images: image,
      'status-command': '/app pending',
      tool: 'sql',
      migrations: join(place, 'migrations'),
      namespace,
      kubeconfig,
      service: 'api',
      environment: 'qa',
      deadline: '90s',
      'lock-timeout': '3s',
      ...more,
    }
  }

  return {
    ...fixture,
    migrateInputs,
    migrate: async (migrations, options = {}) =>
      releaseIn(fixture.job('v2'), await migrateInputs(migrations, options.inputs), {
        ...options,
        action: 'migrate-db',
      }),
    async tables() {
      const sql = `select tablename from pg_tables where schemaname = 'public' and tablename <> 'app_history' order by 1`
      return (await postgres.query<{ tablename: string }>(database, sql)).map(({ tablename }) => tablename)
    },
    async holder() {
      const path = `/apis/coordination.k8s.io/v1/namespaces/${fixture.namespace}/leases/belay-api-qa`
      return (await cluster.ask('GET', path)).json?.spec?.holderIdentity ?? ''
    },
    async jobs() {
      const { json } = await cluster.mustAsk('GET', `/apis/batch/v1/namespaces/${fixture.namespace}/jobs`)
      const all: { status?: { conditions?: { type: string }[] } }[] = json.items
      const ended = all.filter(({ status }) => status?.conditions?.some(({ type }) => /^(Complete|Failed)$/.test(type)))
      return { running: all.length - ended.length, ended: ended.length }
    },
  }
}
