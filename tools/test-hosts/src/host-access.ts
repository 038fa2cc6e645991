import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { constants } from 'node:os'
import type { HostProcess, RunOptions, RunResult, TestHost } from './host.ts'
import { openFiles } from './host-files.ts'

/** What a test host can do by its namespaces alone, whatever made them. */
export type HostAccess = Pick<
  TestHost,
  'run' | 'read' | 'write' | 'linkTarget' | 'list' | 'exists' | 'processes' | 'kill'
>

/** `pid` gives the machine's number of the host's PID 1: it changes when a host boots anew. */
export function openAccess(pid: () => number): HostAccess {
  return {
    run: (argv, options) => runInNamespaces(pid(), argv, options),
    ...openFiles(pid),
    processes: async () => processesInNamespace(pid()).map(({ pid, args, user }) => ({ pid, args, user })),
    async kill(inner, name = 'SIGTERM') {
      const found = processesInNamespace(pid()).find((process) => process.pid === inner)
      if (found) signal(found.machinePid, name)
    },
  }
}

const users = {
  root: { id: '0', home: '/root' },
  deploy: { id: '1500', home: '/home/deploy' },
}

function runInNamespaces(pid: number, argv: string[], options: RunOptions = {}): Promise<RunResult> {
  const { user = 'deploy', input, timeoutMs = 30_000, env } = options
  const namespaces = ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid']
  const identity = ['--setuid', users[user].id, '--setgid', users[user].id]
  return new Promise((resolve, reject) => {
    const child = spawn('nsenter', [...namespaces, ...identity, '--', ...argv], {
      cwd: '/',
      // A process group of its own, by which a late command and its children are found.
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: users[user].home,
        USER: user,
        LOGNAME: user,
        ...env,
      },
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      // Not nsenter itself: it reaps the command, while the machine's init may take seconds to, and a host with a zombie
      // can't end.
      for (const one of processesInNamespace(pid)) if (one.group === child.pid) signal(one.machinePid, 'SIGKILL')
    }, timeoutMs)
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk) => stdout.push(chunk))
    child.stderr?.on('data', (chunk) => stderr.push(chunk))
    // A command need not read its input.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, ending) => {
      clearTimeout(timer)
      if (late) return reject(new Error(`${argv.join(' ')}: not finished after ${timeoutMs} ms`))
      const status = code ?? 128 + (ending ? constants.signals[ending] : 0)
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
    })
  })
}

interface MachineProcess extends HostProcess {
  machinePid: number
  /** Its process group, as the machine sees it. */
  group: number
}

function processesInNamespace(pid: number): MachineProcess[] {
  const namespace = tryRead(() => readlinkSync(`/proc/${pid}/ns/pid`))
  if (!namespace) return []
  const names = accountNames(pid)
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    // Each may end while it is looked at.
    if (tryRead(() => readlinkSync(`/proc/${entry}/ns/pid`)) !== namespace) return []
    const cmdline = tryRead(() => readFileSync(`/proc/${entry}/cmdline`, 'utf8'))
    const status = tryRead(() => readFileSync(`/proc/${entry}/status`, 'utf8'))
    const stat = tryRead(() => readFileSync(`/proc/${entry}/stat`, 'utf8'))
    const inner = status && /^NSpid:.*\t(\d+)$/m.exec(status)?.[1]
    const uid = status && /^Uid:\t\d+\t(\d+)/m.exec(status)?.[1]
    // The fields after the name, which may hold anything: state, parent, group.
    const group = stat && /\) \S+ \d+ (\d+) [^)]*$/.exec(stat)?.[1]
    if (!cmdline || !inner || !uid || !group) return []
    const args = cmdline.replace(/\0$/, '').split('\0')
    const user = names.get(uid) ?? uid
    return [{ pid: Number(inner), args, user, machinePid: Number(entry), group: Number(group) }]
  })
}

function signal(machinePid: number, name: string): void {
  try {
    process.kill(machinePid, name as NodeJS.Signals)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function accountNames(pid: number): Map<string, string> {
  const passwd = tryRead(() => readFileSync(`/proc/${pid}/root/etc/passwd`, 'utf8')) ?? ''
  return new Map(passwd.split('\n').map((line) => [line.split(':')[2] ?? '', line.split(':')[0] ?? '']))
}

function tryRead(look: () => string): string | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
