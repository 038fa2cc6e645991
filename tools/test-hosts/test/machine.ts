import { readdirSync, readFileSync } from 'node:fs'

/** The arguments of all processes of this machine that contain the text; zombies have none. */
export function machineProcesses(text: string): string[] {
  return processes()
    .map(({ args }) => args)
    .filter((args) => args.includes(text))
}

/** The arguments of the children of this process. */
export function childProcesses(): string[] {
  return processes()
    .filter(({ parent }) => parent === process.pid)
    .map(({ args }) => args)
}

function processes(): { args: string; parent: number }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
        const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        return [{ args, parent: Number(parent) }]
      } catch {
        // It ended while it was looked at.
        return []
      }
    })
}

/** The ports that something listens on at an IPv4 address. */
export function listeners(address: string): number[] {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  const local = bytes.reverse().join('').toUpperCase()
  const listening = '0A'
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, at, , state]) => at?.startsWith(`${local}:`) && state === listening)
    .map(([, at]) => Number.parseInt(at?.split(':')[1] ?? '', 16))
}
