import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CompletedJob, duringStep, type JobStep, waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import {
  asRoot,
  lacksDatabase,
  openProduction,
  type Production,
  reloadNginx,
  slots,
  upstream,
  versionAt,
  writeActive,
  writeSite,
  writeUnit,
} from './production.ts'
import { type Outage, type UsersOptions, whileUsed as whileUsedBy } from './users.ts'

const [oldPort, newPort] = slots
const oldUnit = 'acme-api-qa.service'
const live = '/var/www/qa/api'

/** System B as it is today, and its way to Belay and back under traffic without a failed request. */
describeIf(canStartSystemdHosts() ?? lacksDatabase())('adopting a service that an old pipeline ships', () => {
  let production: Production
  let host: SystemdHost
  const oldUrl = () => `http://${host.address}:${oldPort}/health`

  beforeAll(async () => {
    production = await openProduction(1, { prepared: false })
    host = production.hosts[0] as SystemdHost
    await host.write(`/etc/systemd/system/${oldUnit}`, unitOfToday)
    await host.write('/etc/nginx/sites-enabled/api-qa', siteOfToday(host))
    await shipByOldPipeline('v1')
    await asRoot(host, ['systemctl', 'enable', oldUnit])
    await asRoot(host, ['systemctl', 'enable', '--now', 'nginx'])
    await waitFor('users are served', 30, async () => (await production.users()) === 'v1')
  }, 600_000)
  afterAll(() => production?.close())

  /** Stop, back up, `rsync --delete`, start: what it costs its users is its own. Returns when it was out. */
  async function shipByOldPipeline(version: string): Promise<Outage> {
    const folder = await production.release('api', version)
    for (const file of ['server.mjs', 'release.json'])
      await host.write(`/home/deploy/build/${file}`, readFileSync(join(folder, file), 'utf8'))
    const from = Date.now()
    await host.run(['systemctl', 'stop', oldUnit], { user: 'root' })
    await asRoot(host, ['install', '-d', '-o', 'www-data', live])
    await asRoot(host, ['rsync', '-a', '--delete', '--chown=www-data:www-data', '/home/deploy/build/', `${live}/`])
    await asRoot(host, ['systemctl', 'daemon-reload'])
    await asRoot(host, ['systemctl', 'start', oldUnit])
    await waitFor(`the old unit serves ${version}`, 20, async () => (await versionAt(oldUrl())) === version)
    return { from, to: Date.now() }
  }

  const whileUsed = (something: () => Promise<unknown>, options?: UsersOptions) =>
    whileUsedBy(production, host, something, options)

  const job = (version: string, steps: JobStep[]) => production.job(version, steps)
  const shadow = (version: string, more: Record<string, string> = {}) =>
    production.fill(version, { until: 'gate', ...more })
  const release = async (version: string, more: JobStep[] = []) =>
    job(version, [await production.fill(version), production.switchTo(version, { 'drain-timeout': '1s' }), ...more])
  const commit = async (version: string) => {
    const completed = await release(version)
    expect(completed.belay, completed.log).toBe('committed')
    expect(await production.users()).toBe(version)
  }
  const isActive = async (unit: string) => (await host.run(['systemctl', 'is-active', unit])).stdout.trim()
  const activePort = async () => /:(\d+);/.exec((await host.read(`${upstream}/active.conf`)) ?? '')?.[1]
  const planOf = async (version: string, inputs: Record<string, string>): Promise<CompletedJob> =>
    job(version, [await shadow(version, { 'dry-run': 'true', ...inputs })])

  test('1. preflight names what is missing and prints the root script, which is then run', async () => {
    await whileUsed(async () => {
      const preflight = async () => job('v0', [await production.fill('v0', { command: 'preflight', source: '' })])
      const before = await preflight()
      expect(before.result.conclusion).toBe('failure')
      expect(before.log).toMatch(/deploy cannot write to \/srv/)
      expect(before.log).toMatch(/unit api-qa@5106 is not-found/)
      for (const slot of slots)
        expect(before.log).toContain(`deploy may not run "sudo -n systemctl restart api-qa@${slot}" without a password`)

      await writeUnit(host)
      await asRoot(host, ['sh', '-s'], scriptIn(before))
      await writeActive(host, oldPort)
      const after = await preflight()
      expect(after.result.conclusion, after.log).toBe('success')
    })
    // A path of its own, which the old pipeline does not delete.
    expect(await host.exists(`${live}/releases`)).toBe(false)
    expect(await host.exists('/srv/api/qa/releases')).toBe(true)
  })

  test('2. nginx: an upstream whose included file names the port of the old unit', async () => {
    await whileUsed(async () => {
      await writeSite(host)
      await asRoot(host, ['nginx', '-t'])
      await reloadNginx(host)
    })
    expect(await production.users()).toBe('v1')
    expect(await activePort()).toBe(String(oldPort))
  })

  test('how to choose the slots: the old port first, then a new one', async () => {
    const fits = await planOf('v2', {})
    expect(fits.log).toMatch(new RegExp(`→ slot ${newPort};`))
    // The other way round releases go to the same slot, but the script for root would lead nginx to an empty one.
    const turned = { slots: `${newPort} ${oldPort}` }
    const looked = await job('v2', [await production.fill('v2', { ...turned, command: 'preflight', source: '' })])
    expect(scriptIn(looked)).toContain(`server 127.0.0.1:${newPort};`)
    // An old unit on a third port: traffic cannot be moved from it, and the error says so.
    await writeActive(host, 5006)
    try {
      const third = await job('v2', [production.switchTo('v2', { 'dry-run': 'true' })])
      expect(third.log).toMatch(/sends traffic to this-host:5006, which is none of the slots/)
    } finally {
      await writeActive(host, oldPort)
      await reloadNginx(host)
    }
  })

  test('3. a shadow release to the idle slot while the old pipeline ships', async () => {
    let completed: CompletedJob | undefined
    // The old pipeline's own.
    const outages: Outage[] = []
    const somethingHappens = async () => {
      const [step, options] = duringStep(async () => {
        expect(await versionAt(`http://${host.address}:${newPort}/health`)).toBe('v2')
        outages.push(await shipByOldPipeline('v1.1'))
      })
      completed = await production.job('v2', [await shadow('v2'), step], options)
    }
    const { turnedAway } = await whileUsed(somethingHappens, { outages })
    expect(completed?.paused).toBe(true)
    expect(completed?.belay, completed?.log).toBe('unchanged')
    expect(completed?.result.conclusion).toBe('success')
    // The client does see an outage: the old pipeline's own.
    expect(turnedAway.length).toBeGreaterThan(0)
    expect(await production.users()).toBe('v1.1')
    expect(await isActive(`api-qa@${newPort}`)).not.toBe('active')
    expect(await host.exists(`/srv/api/qa/slots/${newPort}`)).toBe(false)
  })

  test('3. a shadow release that cannot start does not reach users', async () => {
    await whileUsed(async () => {
      const completed = await job('v2.1', [await production.fill('v2.1', { until: 'gate' }, { crash: 'start' })])
      expect(completed.result.conclusion).toBe('failure')
      expect(completed.log).toContain('cannot start, as release.json says')
    })
    expect(await production.users()).toBe('v1.1')
  })

  test('3. while the old pipeline has its unit stopped, a shadow release leaves its port alone', async () => {
    await asRoot(host, ['systemctl', 'stop', oldUnit])
    try {
      const completed = await planOf('v2', {})
      expect(completed.log).toMatch(new RegExp(`→ slot ${newPort};`))
    } finally {
      await asRoot(host, ['systemctl', 'start', oldUnit])
      await waitFor('the old unit is back', 20, async () => (await production.users()) === 'v1.1')
    }
  })

  test('4. the first release fails in its last step: traffic returns to the old unit', async () => {
    await whileUsed(async () => {
      const completed = await release('v3', [{ run: 'exit 1' }])
      expect(completed.belay, completed.log).toBe('rolled-back')
      expect(completed.log).toMatch(/Traffic moved within/)
    })
    expect(await production.users()).toBe('v1.1')
    expect(await activePort()).toBe(String(oldPort))
    expect(await isActive(`api-qa@${newPort}`)).not.toBe('active')
  })

  test('4. the first release leaves the old unit running, longer than old slots are kept', async () => {
    await whileUsed(async () => {
      const steps = [await production.fill('v3'), production.switchTo('v3', { 'drain-timeout': '1s', retain: '1s' })]
      const completed = await job('v3', steps)
      expect(completed.belay, completed.log).toBe('committed')
      expect(await production.users()).toBe('v3')
      await new Promise((resolve) => setTimeout(resolve, 5000))
    })
    expect(await isActive(oldUnit)).toBe('active')
    expect(await activePort()).toBe(String(newPort))
  })

  test('the way out: back to the old unit by a rollback, and forth again', async () => {
    await whileUsed(async () => {
      const back = await job('v3', [production.switchTo('', { command: 'rollback' })])
      expect(back.belay, back.log).toBe('committed')
      expect(back.log).toContain(`→ slot ${oldPort} (not released by Belay)`)
      expect(await production.users()).toBe('v1.1')
      expect(await isActive(oldUnit)).toBe('active')
      await commit('v3')
    })
    expect(await isActive(oldUnit)).toBe('active')
    expect(await isActive(`api-qa@${oldPort}`)).not.toBe('active')
  })

  test('a release while the old unit still has the other port: rolled back, and no request fails', async () => {
    await whileUsed(async () => {
      const completed = await release('v4')
      expect(completed.belay, completed.log).toBe('rolled-back')
    })
    expect(await production.users()).toBe('v3')
    expect(await isActive(oldUnit)).toBe('active')
    expect(await isActive(`api-qa@${newPort}`)).toBe('active')
  })

  test('an answer of another process on the slot’s port does not count as the release', async () => {
    const completed = await job('v4', [await shadow('v4')])
    expect(completed.result.conclusion, completed.log).toBe('failure')
    expect(await production.users()).toBe('v3')
  })

  test('4. releases use both slots, once the old unit is stopped and disabled by hand', async () => {
    await whileUsed(async () => {
      await asRoot(host, ['systemctl', 'disable', '--now', oldUnit])
      await commit('v4')
      expect(await activePort()).toBe(String(oldPort))
      await commit('v5')
      expect(await activePort()).toBe(String(newPort))
    })
    expect(await production.slotsOn(host)).toBe(`${newPort} active active`)
  })
})

/** What a preflight prints for root. */
function scriptIn(completed: CompletedJob): string {
  const script = /#!\/bin\/sh\n[\s\S]*?\n# In nginx, only inside [^\n]*\n/.exec(completed.log)?.[0]
  if (!script) throw new Error(`no root script in:\n${completed.log}`)
  return script
}

const unitOfToday = `[Unit]
Description=API, QA, as the old pipeline ships it

[Service]
User=www-data
WorkingDirectory=${live}
ExecStart=/usr/local/bin/node ${live}/server.mjs this-host ${oldPort}
Restart=always
LimitNOFILE=65536
MemoryMax=512M
CPUQuota=150%

[Install]
WantedBy=multi-user.target
`

const siteOfToday = (host: SystemdHost) => `server {
  listen ${host.address}:8106;
  location / {
    proxy_pass http://this-host:${oldPort};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
  }
}
`
