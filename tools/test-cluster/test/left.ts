import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { ClusterHandle } from '../src/index.ts'

/** The processes of a cluster, its containers' among them, each by its PID and when it started. */
export function processesOf({ space }: ClusterHandle): string[] {
  const ours = readlinkSync(`/proc/${space.pid}/ns/pid`)
  return processes(
    (folder) =>
      readlinkSync(`${folder}/ns/pid`) === ours || readFileSync(`${folder}/cgroup`, 'utf8').includes(space.group),
  )
}

/** All that a cluster left on the machine, given the processes that it had. */
export function leftOf({ space, address }: ClusterHandle, had: readonly string[]): string[] {
  const running = processes(() => true).filter((one) => had.includes(one))
  const named = processes((folder) => readFileSync(`${folder}/cmdline`, 'utf8').includes(space.group))
  const network = address.replace(/\d+$/, '')
  const linesOf = (text: string, part: string) => text.split('\n').filter((line) => line.includes(part))
  return [
    ...[...running, ...named].map((one) => `process ${one}`),
    ...linesOf(readFileSync('/proc/self/mountinfo', 'utf8'), space.group),
    ...linesOf(execFileSync('ip', ['-4', '-o', 'address'], { encoding: 'utf8' }), `inet ${network}`),
    ...linesOf(execFileSync('ip', ['route'], { encoding: 'utf8' }), network),
    ...globSync([`/sys/fs/cgroup/${space.group}`, `/sys/fs/cgroup/*/${space.group}`]),
    ...(existsSync(space.folder) ? [space.folder] : []),
  ]
}

function processes(wanted: (folder: string) => boolean): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        if (!wanted(`/proc/${pid}`)) return []
        // The name may hold spaces; the start is the 20th field after it.
        const [, fields = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
        return [`${pid} since ${fields.split(' ')[19]}`]
      } catch {
        // It ended while it was looked at.
        return []
      }
    })
}
