import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleSource } from '../../src/repository/example-source.ts'
import { refusals } from '../../src/repository/refusals.ts'
import { type Facts, readFacts } from '../../src/repository/repository.ts'
import { scenarioOf, timesFor } from '../../src/repository/system.ts'
import { startOptions } from '../../src/repository/workflows.ts'
import { v1, v2 } from '../../src/version.ts'
import { productionScenario, qaScenario } from '../../src/vps-systemd/scenario.ts'
import { checkOut, services } from '../../src/vps-systemd/services.ts'

const folder = mkdtempSync(join(tmpdir(), 'be-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what is read from the workflows and rehearsal.yml of examples/vps-systemd', () => {
  let facts: Facts
  beforeAll(async () => {
    facts = await readFacts(exampleSource('vps-systemd', checkOut), folder, {
      workflow: undefined,
      environment: undefined,
    })
  })

  const scenario = (file: string) => {
    const workflow = facts.workflows.find((one) => one.file === file)
    if (!workflow) throw new Error(`${file} is not rehearsed`)
    return scenarioOf({ ...facts, workflow, units: facts.units.filter((unit) => unit.workflow === file) }, [])
  }

  test('is what the lab of namespaces has as constants', () => {
    expect(scenario('qa.yml')).toMatchObject({ ...qaScenario([]), units: expect.anything() })
    expect(scenario('qa.yml').units).toEqual(qaScenario([]).units)
    const { units, migrationsOf, noTransactions, goesBack } = productionScenario([])
    const found = scenario('production.yml')
    expect(found.units).toEqual(units)
    expect([found.migrationsOf?.(v1), found.migrationsOf?.(v2)]).toEqual([migrationsOf?.(v1), migrationsOf?.(v2)])
    expect([found.noTransactions, found.goesBack, found.environment]).toEqual([noTransactions, goesBack, 'production'])
  })

  test('is enough to rehearse it: slots, folders, pages', () => {
    expect(refusals({ ...facts, root: facts.versions.root })).toEqual([])
    for (const { name, page, path, production } of services) {
      const [qa, slotted] = facts.units.filter(({ service }) => service === name)
      expect([qa?.path, slotted?.path, slotted?.slots]).toEqual([path, production.path, production.slots])
      expect(slotted?.upstream).toBe(`/etc/nginx/belay/${name}-production`)
      expect(slotted?.urls).toHaveLength(2)
      expect(facts.settings.users.pages[name]).toBe(page)
    }
  })
})

test('behind one proxy, which is a host of its own: what is read from one-proxy/rehearsal.yml', async () => {
  const source = exampleSource('vps-systemd', checkOut, 'one-proxy/rehearsal.yml')
  const facts = await readFacts(source, folder, { workflow: undefined, environment: undefined })
  expect(refusals({ ...facts, root: facts.versions.root })).toEqual([])
  const production = facts.units.filter(({ environment }) => environment === 'production')
  expect(production.map(({ service, slots }) => [service, slots])).toEqual(
    services.map(({ name, production: { slots } }) => [name, slots]),
  )
  for (const { proxies, addresses } of production) {
    expect(proxies).toEqual([{ user: 'deploy', address: 'proxy.example.com', port: 22 }])
    expect(addresses).toEqual(['10.0.0.1', '10.0.0.2'])
  }
  const workflow = facts.workflows.find(({ file }) => file === 'production-proxy.yml')
  if (!workflow) throw new Error('production-proxy.yml is not rehearsed')
  const { environment, units } = scenarioOf({ ...facts, workflow, units: production }, [])
  expect([environment, ...units.map(({ table }) => table)]).toEqual(['production', 'elsewhere', 'elsewhere'])
  expect(startOptions(workflow, v2)).toEqual({ event: { name: 'workflow_dispatch' }, inputs: { version: 'v1.1.0' } })
  expect(timesFor(production).beyond - timesFor([]).beyond).toBe(240)
})
