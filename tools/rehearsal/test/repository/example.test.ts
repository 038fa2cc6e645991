import { beforeAll, describe, expect, test } from 'vitest'
import { exampleSource, readExampleFacts } from '../../src/repository/example-source.ts'
import { refusals } from '../../src/repository/refusals.ts'
import type { Facts } from '../../src/repository/repository.ts'
import { flowOf, scenarioOf, timesFor } from '../../src/repository/system.ts'
import { startOptions } from '../../src/repository/workflows.ts'
import { v1, v2 } from '../../src/version.ts'
import { code } from '../../src/vps-systemd/acme.ts'

const { checkOut } = code
const slotsOf = { 'acme-api': ['5001', '5011'], 'acme-worker': ['5002', '5012'] }

describe('what is read from the workflows and rehearsal.yml of examples/vps-systemd', () => {
  let facts: Facts
  beforeAll(async () => {
    facts = await readExampleFacts(exampleSource('vps-systemd', checkOut))
  })

  const scenario = (file: string) => scenarioOf(flowOf(facts, file), [])

  test('QA: one job for both services, whose restart is the switch', () => {
    const { units, goesBack, environment, migrationsOf } = scenario('qa.yml')
    expect(units).toEqual([
      { job: 'release', service: 'acme-api', table: 'promises', steps: { deploy: 'release/api/deploy-ssh' } },
      { job: 'release', service: 'acme-worker', table: 'promises', steps: { deploy: 'release/worker/deploy-ssh' } },
    ])
    expect([goesBack, environment, migrationsOf?.(v2)]).toEqual([false, 'qa', []])
  })

  test('production: a job for each service; the API changes the schema, which both need', () => {
    const { units, goesBack, environment, migrationsOf, noTransactions } = scenario('production.yml')
    const slotted = (job: string) => ({ deploy: `${job}/belay/deploy-ssh`, switch: `${job}/belay/blue-green-switch` })
    const [api, worker] = ['release (acme-api)', 'release (acme-worker)'] as const
    expect(units).toEqual([
      {
        ...{ job: api, service: 'acme-api', table: 'traffic' },
        steps: { ...slotted(api), schema: `${api}/belay/migrate-db` },
      },
      { job: worker, service: 'acme-worker', table: 'traffic', steps: slotted(worker), needs: '002_packed.sql' },
    ])
    const first = ['001_orders.sql', '002_packed.sql']
    expect([migrationsOf?.(v1), migrationsOf?.(v2)]).toEqual([first, [...first, '003_to_pack.sql']])
    expect([noTransactions, goesBack, environment]).toEqual([['003_to_pack.sql'], true, 'production'])
  })

  test('is enough to rehearse it: slots, folders, pages', () => {
    expect(refusals({ ...facts, root: facts.versions.root })).toEqual([])
    for (const [name, slots] of Object.entries(slotsOf)) {
      const [qa, slotted] = facts.units.filter(({ service }) => service === name)
      expect([qa?.path, slotted?.path, slotted?.slots]).toEqual([`/srv/${name}/qa`, `/srv/${name}/production`, slots])
      expect(slotted?.upstream).toBe(`/etc/nginx/belay/${name}-production`)
      expect([qa?.urls, slotted?.urls]).toMatchObject([{ length: 2 }, { length: 2 }])
    }
    expect(facts.settings.users.pages).toEqual({ 'acme-api': '/orders', 'acme-worker': '/jobs' })
  })
})

test('behind one proxy, which is a host of its own: what is read from one-proxy/rehearsal.yml', async () => {
  const source = exampleSource('vps-systemd', checkOut, 'one-proxy/rehearsal.yml')
  const facts = await readExampleFacts(source)
  expect(refusals({ ...facts, root: facts.versions.root })).toEqual([])
  const production = facts.units.filter(({ environment }) => environment === 'production')
  expect(production.map(({ service, slots }) => [service, slots])).toEqual(Object.entries(slotsOf))
  for (const { proxies, addresses } of production) {
    expect(proxies).toEqual([{ user: 'deploy', address: 'proxy.example.com', port: 22 }])
    expect(addresses).toEqual(['10.0.0.1', '10.0.0.2'])
  }
  const flow = flowOf(facts, 'production-proxy.yml')
  const { environment, units } = scenarioOf(flow, [])
  expect([environment, ...units.map(({ table }) => table)]).toEqual(['production', 'elsewhere', 'elsewhere'])
  expect(startOptions(flow.workflow, v2)).toEqual({
    event: { name: 'workflow_dispatch' },
    inputs: { version: 'v1.1.0' },
  })
  expect(timesFor(production).beyond - timesFor([]).beyond).toBe(240)
})
