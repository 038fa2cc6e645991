import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import {
  checkOut,
  environments,
  exampleRoot,
  externalFailures,
  failingVersion,
  migrationsOf,
  shop,
  slots,
} from '../../src/compose/shop.ts'
import { workflowPath } from '../../src/paths.ts'
import { type Version, v1, v2 } from '../../src/version.ts'

const workflows = environments.map((name) => readFileSync(workflowPath(exampleRoot, `${name}.yml`), 'utf8'))
const read = (name: string) => readFileSync(join(exampleRoot, name), 'utf8')

function checkedOut(version: Version): string {
  const folder = mkdtempSync(join(tmpdir(), 'bs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  checkOut(version, folder)
  return folder
}

describe('the example', () => {
  test('Compose file, settings and workflows agree on slots, folders and images', () => {
    const { services } = parse(read('compose.yml'), { merge: true }) as {
      services: Record<string, { image: string; ports?: string[]; network_mode?: string; healthcheck?: object }>
    }
    const [a, b] = [services['app-a'], services['app-b']]
    expect([a?.ports, b?.ports]).toEqual(slots.map((port) => [`127.0.0.1:${port}:3000`]))
    expect([a?.image, b?.image]).toEqual(Object.values(shop.slots).map((name) => `\${${name}:-acme-shop:none}`))
    for (const name of Object.values(shop.slots)) expect(read('.env.example')).toMatch(new RegExp(`^${name}=$`, 'm'))
    expect(services.nginx?.network_mode).toBe('host')
    expect(services.db?.image).toBe('postgres:15')
    for (const text of workflows) {
      expect(text).toContain(`slots: ${slots.join(' ')},`)
      expect(text).toContain(`restart: 'compose:${shop.folder}'`)
      expect(text).toContain(`proxy: 'compose:${shop.folder}', upstream: ${shop.folder}/nginx/upstream`)
    }
  })

  test('the image is built in stages, runs without root and pulls no syntax', () => {
    const dockerfile = read('Dockerfile')
    expect(dockerfile.match(/^FROM \$\{NODE_IMAGE\}/gm)).toHaveLength(2)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).not.toMatch(/^# *syntax=/m)
  })

  test('nginx accepts TLS 1.2 and 1.3, sets the headers and logs no health checks', () => {
    const site = read('nginx/conf.d/acme-shop.conf')
    expect(site).toMatch(/ssl_protocols TLSv1\.2 TLSv1\.3;/)
    expect(site.match(/add_header .* always;/g)?.length).toBeGreaterThanOrEqual(4)
    expect(site).toMatch(/location \/health \{\s+access_log off;/)
  })

  test('the README shows every variable that the workflows read', () => {
    const keys = workflows.flatMap((text) => [...text.matchAll(/(?:vars|secrets)\.([A-Z]+(?:_[A-Z]+)*)/g)])
    const readme = read('README.md')
    expect(keys.length).toBeGreaterThan(10)
    for (const [, key] of keys) expect(readme).toContain(`${key}\``)
  })
})

describe('a checkout', () => {
  test('of v1 lacks the migration that v2 adds', () => {
    expect(readdirSync(join(checkedOut(v1), 'migrations')).sort()).toEqual(migrationsOf(v1))
    expect(migrationsOf(v2).length).toBe(migrationsOf(v1).length + 1)
  })

  test.each(externalFailures)(
    'of the commit with the external failure %s differs from v2 only in the broken file',
    (externalFailure) => {
      const [good, bad] = [checkedOut(v2), checkedOut(failingVersion(externalFailure))]
      const names = readdirSync(good, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile() && !one.parentPath.includes('node_modules'))
        .map(({ parentPath, name }) => join(parentPath, name).slice(good.length))
      const differ = names.filter((name) => readFileSync(good + name, 'utf8') !== readFileSync(bad + name, 'utf8'))
      expect(differ).toHaveLength(['push-refused', 'pull-refused'].includes(externalFailure) ? 0 : 1)
      expect(failingVersion(externalFailure).sha).toMatch(/^[0-9a-f]{40}$/)
      expect([v1.sha, v2.sha]).not.toContain(failingVersion(externalFailure).sha)
    },
  )
})
