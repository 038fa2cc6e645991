import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canHaveNetworks, canStartHosts, type HostOptions, startHost, type TestHost } from '../src/index.ts'
import { childProcesses, listeners, machineProcesses } from './machine.ts'
import { makeLogin, waitFor } from './ssh.ts'

describeIf(canStartHosts() ?? canHaveNetworks())('a host', () => {
  vi.setConfig({ testTimeout: 60_000 })

  test('with a network of its own has its own 127.0.0.1, but for the ports that it is to reach', async () => {
    const server = createServer((_, response) => response.end('of the machine'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const host = await startHost({ authorizedKey: '', network: 'own', reaches: [port] })
    onTestFinished(() => host.stop())
    const curl = ['curl', '-s', '--retry', '20', '--retry-connrefused', '--retry-delay', '1']
    expect(await host.run([...curl, `http://127.0.0.1:${port}/`])).toMatchObject({ stdout: 'of the machine' })
    const other = await startHost({ authorizedKey: '', network: 'own' })
    expect((await other.run(['curl', '-s', `http://127.0.0.1:${port}/`])).status).toBe(7)
    // What listens on all of its addresses is reached by its own.
    const serve = `require('http').createServer((_, r) => r.end('of the host')).listen(${port})`
    await other.run(['sh', '-c', 'setsid node -e "$1" >/dev/null 2>&1 </dev/null &', 'sh', serve])
    const there = () =>
      fetch(`http://${other.address}:${port}/`).then(
        (r) => r.text(),
        () => '',
      )
    await waitFor(async () => (await there()) === 'of the host')
    await other.stop()
    // The kernel takes the machine's end of it away a moment after the host is gone.
    const ours = ` ${other.address.replace(/\d+$/, (last) => String(Number(last) - 1))}/30 `
    await waitFor(() => !execFileSync('ip', ['-4', '-o', 'address'], { encoding: 'utf8' }).includes(ours))
  })
})

describeIf(canStartHosts())('hosts in namespaces', () => {
  vi.setConfig({ testTimeout: 20_000 })

  let login: Awaited<ReturnType<typeof makeLogin>>

  beforeAll(async () => {
    expect(canStartHosts()).toBeUndefined()
    login = await makeLogin()
  })

  afterAll(() => login.remove())

  async function start(options: Partial<HostOptions> = {}) {
    const host = await startHost({ authorizedKey: login.publicKey, ...options })
    onTestFinished(() => host.stop())
    return host
  }

  test('starts soon and lets deploy in by the pinned key only', async () => {
    const before = Date.now()
    const host = await start()
    expect(Date.now() - before).toBeLessThan(20_000)
    expect(await login.ssh(host, 'id -un; hostname')).toMatchObject({ status: 0, stdout: `deploy\n${host.name}\n` })
    expect(host.link.connections).toBe(1)
    await waitFor(() => host.link.open === 0)

    const other = await start()
    const wrongKey = {
      ...host,
      knownHosts: `[${host.address}]:${host.port} ${other.knownHosts.split(' ').slice(1).join(' ')}`,
    }
    const refused = await login.ssh(wrongKey, 'true')
    expect(refused.status).toBe(255)
    expect(refused.stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED')
  })

  test('two hosts have disks and accounts of their own, and the machine has neither', async () => {
    const [one, two] = await Promise.all([start({ folders: ['/srv/api/qa'] }), start({ folders: ['/srv/api/qa'] })])
    await login.ssh(one, 'echo one >/srv/api/qa/who; echo one >/tmp/belay-testbed-who')
    expect(await one.read('/srv/api/qa/who')).toBe('one\n')
    expect(await two.exists('/srv/api/qa/who')).toBe(false)
    expect(await two.read('/tmp/belay-testbed-who')).toBeUndefined()
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain('deploy:x:1500')
    for (const path of [
      '/srv/api',
      '/home/deploy',
      '/tmp/belay-testbed-who',
      '/run/belay-test',
      '/usr/local/bin/belay-test-restart',
    ]) {
      await expect(readFile(path), path).rejects.toMatchObject({ code: 'ENOENT' })
    }
  })

  test('run, read, write and linkTarget work without the connection', async () => {
    const host = await start({ folders: ['/srv/api'] })
    await host.link.refuse(true)
    expect(await host.run(['id', '-un'])).toEqual({ status: 0, stdout: 'deploy\n', stderr: '' })
    expect(await host.run(['sh', '-c', 'cat; echo "$X"; exit 3'], { input: 'in ', env: { X: 'env' } })).toEqual({
      status: 3,
      stdout: 'in env\n',
      stderr: '',
    })
    expect((await host.run(['cat', '/etc/shadow'])).status).toBe(1)
    expect((await host.run(['cat', '/etc/shadow'], { user: 'root' })).status).toBe(0)
    await expect(host.run(['sleep', '60'], { timeoutMs: 100 })).rejects.toThrow('sleep 60: not finished after 100 ms')
    await waitFor(async () => !(await host.processes()).some(({ args }) => args[0] === 'sleep'))

    await host.write('/srv/api/new/file', 'text\n', 0o600)
    expect(await host.read('/srv/api/new/file')).toBe('text\n')
    expect((await host.run(['stat', '-c', '%a', '/srv/api/new/file'])).stdout).toBe('600\n')
    await host.run(['ln', '-s', 'releases/none', '/srv/api/current'])
    expect(await host.linkTarget('/srv/api/current')).toBe('releases/none')
    expect(await host.linkTarget('/srv/api/new')).toBeUndefined()
    expect(await host.exists('/srv/api/current')).toBe(false)
  })

  test('a written file belongs to the owner of its folder', async () => {
    const host = await start({ folders: ['/srv/api'] })
    await host.write('/srv/api/file', '')
    await host.write('/etc/sudoers', '')
    const { stdout } = await host.run(['stat', '-c', '%U', '/srv/api/file', '/etc/sudoers'])
    expect(stdout).toBe('deploy\nroot\n')
  })

  test('a command detached over ssh is listed, can be killed and leaves no zombie', async () => {
    const host = await start()
    await login.ssh(host, 'sleep 4242 </dev/null >/dev/null 2>&1 &')
    const sleeper = await waitFor(async () =>
      (await host.processes()).find(({ args }) => args.join(' ') === 'sleep 4242'),
    )
    expect(sleeper.user).toBe('deploy')
    await host.kill(sleeper.pid, 'SIGKILL')
    // A zombie would still be signalled, as `kill -0` in a script is.
    await waitFor(async () => (await host.run(['kill', '-0', String(sleeper.pid)])).status !== 0)
  })

  test('nothing is left after stop', async () => {
    const host = await start()
    await login.ssh(host, 'setsid sleep 4343 </dev/null >/dev/null 2>&1 &')
    await waitFor(() => machineProcesses('sleep 4343').length === 1)
    const before = Date.now()
    await host.stop()
    expect(Date.now() - before).toBeLessThan(10_000)
    await host.stop()
    expect(machineProcesses('sleep 4343')).toEqual([])
    expect(listeners(host.address)).toEqual([])
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(' /srv ')
    expect(await host.processes()).toEqual([])
  })

  test('nothing is left when the process that started it is killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'start-only.ts'), login.publicKey], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const address = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
    )
    await waitFor(() => machineProcesses('sleep 4444').length === 1)
    child.kill('SIGKILL')
    await waitFor(() => machineProcesses('sleep 4444').length === 0)
    await waitFor(() => listeners(address).length === 0)
  })

  test('a cut connection ends ssh and a black hole silences it', async () => {
    const host = await start()
    const cut = login.ssh(host, 'sleep 60')
    await waitFor(() => host.link.open === 1)
    await waitFor(async () => (await host.processes()).some(({ args }) => args.join(' ') === 'sleep 60'))
    host.link.cut()
    expect((await cut).status).toBe(255)

    host.link.blackhole(true)
    expect((await login.ssh(host, 'true')).stderr).toContain('timed out')
    host.link.blackhole(false)

    await host.link.refuse(true)
    expect((await login.ssh(host, 'true')).stderr).toContain('Connection refused')
    await host.link.refuse(false)
    expect((await login.ssh(host, 'true')).status).toBe(0)
  })

  test('a host that cannot be started says why and leaves nothing behind', async () => {
    await expect(start({ disk: 'none' })).rejects.toThrow(/did not start \(status \d+\): mount: /)
    await expect(start({ name: 'nowhere', folders: ['/proc/none'] })).rejects.toThrow(
      'nowhere: folders could not be made',
    )
    expect(childProcesses().filter((args) => args.includes('unshare'))).toEqual([])
  })

  test('a started host accepts logins at once, every time', async () => {
    for (let round = 1; round <= 10; round++) {
      const host = await start()
      expect(await greeting(host)).toMatch(/^SSH-2.0-OpenSSH/)
      await host.stop()
    }
  })

  test('a small disk fills up', async () => {
    const host = await start({ disk: '1m', folders: ['/srv/api'] })
    const { status, stderr } = await host.run(['dd', 'if=/dev/zero', 'of=/srv/api/file', 'bs=1M', 'count=2'])
    expect(status).toBe(1)
    expect(stderr).toContain('No space left on device')
  })

  test.each([
    { shell: 'sh', name: '/bin/sh' },
    { shell: 'bash', name: '/bin/bash' },
    { shell: 'busybox', name: '/usr/local/bin/ash' },
  ] as const)('login shell $shell', async ({ shell, name }) => {
    const host = await start({ shell })
    expect((await login.ssh(host, 'echo "$SHELL"')).stdout).toBe(`${name}\n`)
    const tools = await login.ssh(host, 'exec sh -c "ls --help 2>&1 | head -1; readlink -f /proc/self/exe"')
    expect(tools.stdout.includes('BusyBox')).toBe(shell === 'busybox')
  })

  test.each(['sh', 'bash', 'busybox'] as const)('a hidden command is not found by %s', async (shell) => {
    const host = await start({ shell, missing: ['rsync'] })
    const { stdout } = await login.ssh(host, 'command -v rsync || echo none; rsync --version; command -v tar')
    expect(stdout).toMatch(/^none\n\/.*tar\n$/)
  })

  /** What sshd says first, or the error of the connection. */
  function greeting(host: TestHost): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(host.port, host.address)
      const settle = (text: string) => {
        socket.destroy()
        resolve(text)
      }
      socket.once('data', (chunk) => settle(chunk.toString()))
      socket.once('error', (error) => settle(error.message))
    })
  }
})
