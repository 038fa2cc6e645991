import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { docker, ensureDocker } from '../src/docker.ts'
import { canStartSystemdHosts, type SystemdHost, startSystemdHost, sudoersLines, writeRelease } from '../src/index.ts'
import { copyTo, makeLogin, waitFor } from './ssh.ts'

describeIf(canStartSystemdHosts())('hosts with systemd', () => {
  vi.setConfig({ testTimeout: 40_000 })

  const path = '/srv/acme-api/qa'
  let login: Awaited<ReturnType<typeof makeLogin>>
  let host: SystemdHost

  beforeAll(async () => {
    expect(canStartSystemdHosts()).toBeUndefined()
    login = await makeLogin()
    host = await startSystemdHost({ authorizedKey: login.publicKey })
  }, 600_000)

  afterAll(async () => {
    await host?.stop()
    await login.remove()
  }, 30_000)

  const health = async () => {
    try {
      const response = await fetch(`http://${host.address}:8080/health`, { signal: AbortSignal.timeout(300) })
      return (await response.json()) as { sha: string }
    } catch {
      return undefined
    }
  }
  const restart = 'sudo -n systemctl restart acme-api.service'

  test('systemd runs, and deploy gets in by the pinned key', async () => {
    expect((await host.run(['systemctl', 'is-system-running'])).stdout).toBe('running\n')
    expect(await login.ssh(host, 'id -un; hostname')).toMatchObject({ status: 0, stdout: `deploy\n${host.name}\n` })
    expect(host.link.connections).toBe(1)
    expect((await host.processes()).find(({ pid }) => pid === 1)).toMatchObject({ args: ['/sbin/init'], user: 'root' })
    expect((await host.run(['id', '-u'], { user: 'root' })).stdout).toBe('0\n')
  })

  test('deploy releases and restarts by the literal line, and the service runs as www-data', async () => {
    await writeRelease(join(login.dir, 'v1'), { sha: 'a'.repeat(40), version: 'v1' })
    await copyTo(host, join(login.dir, 'v1'), `${path}/v1`)
    await login.ssh(host, `ln -s v1 ${path}/current`)
    expect(await login.ssh(host, restart)).toMatchObject({ status: 0, stderr: '' })
    expect(await waitFor(health)).toMatchObject({ sha: 'a'.repeat(40) })
    const server = (await host.processes()).find(({ args }) => args[0] === '/usr/local/bin/node')
    expect(server?.user).toBe('www-data')
  })

  test.each([
    'sudo -n systemctl restart acme-api',
    'sudo -n systemctl restart ssh.service',
    'sudo -n systemctl daemon-reload',
    'sudo -n systemd-run true',
    'sudo -n true',
  ])('refused to deploy: %s', async (line) => {
    const { status, stderr } = await login.ssh(host, line)
    expect(status).toBe(1)
    expect(stderr).toContain('a password is required')
  })

  test('the sixth start within ten seconds is refused until reset-failed', async () => {
    await login.ssh(host, 'sudo -n systemctl reset-failed acme-api.service')
    const statuses: number[] = []
    for (let start = 1; start <= 6; start++) statuses.push((await login.ssh(host, restart)).status)
    expect(statuses).toEqual([0, 0, 0, 0, 0, 1])
    await login.ssh(host, 'sudo -n systemctl reset-failed acme-api.service')
    expect((await login.ssh(host, restart)).status).toBe(0)
  })

  test('a reboot keeps the disks and the host key, starts the service, and ends what was detached', async () => {
    await host.write(`${path}/kept`, 'kept\n')
    await login.ssh(host, 'setsid sleep 4545 </dev/null >/dev/null 2>&1 & echo left >/run/lock/left')
    await waitFor(async () => (await host.processes()).some(({ args }) => args.join(' ') === 'sleep 4545'))
    await host.reboot()
    expect((await login.ssh(host, `cat ${path}/kept`)).stdout).toBe('kept\n')
    expect(await host.exists('/run/lock/left')).toBe(false)
    expect((await host.processes()).some(({ args }) => args.join(' ') === 'sleep 4545')).toBe(false)
    expect(await waitFor(health)).toMatchObject({ sha: 'a'.repeat(40) })
  })

  test('two hosts have disks, services and rights of their own, and nothing is left after stop', async () => {
    const other = await startSystemdHost({
      authorizedKey: login.publicKey,
      sudoers: sudoersLines(['acme-api.service'], ['stop']),
    })
    expect(await other.exists(`${path}/current`)).toBe(false)
    expect((await login.ssh(other, restart)).stderr).toContain('a password is required')
    expect((await login.ssh(other, 'sudo -n systemctl stop acme-api.service')).status).toBe(0)
    expect(await login.ssh(host, 'cat /etc/hostname')).toMatchObject({ stdout: `${host.name}\n` })
    await other.stop()
    await other.stop()
    expect(await other.processes()).toEqual([])
    expect(await containers(`name=belay-test-${process.pid}-`)).toHaveLength(1)
  })

  test('nothing is left when the process that started it is killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'start-only.ts'), login.publicKey, 'systemd'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve))
      expect(await containers(`name=belay-test-${child.pid}-`)).toHaveLength(1)
    } finally {
      child.kill('SIGKILL')
    }
    await waitFor(async () => (await containers(`name=belay-test-${child.pid}-`)).length === 0)
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain('deploy:x:1500')
  })

  async function containers(filter: string): Promise<string[]> {
    const listed = await docker(await ensureDocker(), 'ps', '--all', '--quiet', '--filter', filter)
    return listed.split('\n').filter(Boolean)
  }
})
