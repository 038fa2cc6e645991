import { isIP } from 'node:net'
import type { InputReader } from '@belay/action-kit'

/** A host as it stands in the input `hosts`. */
export interface HostTarget {
  readonly user: string
  /** A name or an address; IPv6 without brackets. */
  readonly address: string
  readonly port: number
  /** `user@address` or `user@address:port`, IPv6 in brackets: unique, and the name of the host in every message. */
  readonly name: string
}

/** Reads one line of `hosts`: `[user@]host[:port]`, IPv6 in brackets. Returns what is wrong where it cannot be read. */
export function parseHost(line: string, user: string): HostTarget | string {
  const match = /^(?:([^@\s]+)@)?(?:\[([^\]\s]+)\]|([^@:\s[\]]+))(?::(\d+))?$/.exec(line)
  if (!match) return `"${line}" is not [user@]host[:port]`
  const [, ownUser, bracketed, plain, portText] = match
  const address = bracketed ?? plain ?? ''
  const port = Number(portText ?? 22)
  const login = ownUser ?? user
  if (login === '') return `"${line}" names no user`
  // A leading dash would be read as an option by ssh and rsync.
  if (login.startsWith('-') || address.startsWith('-')) return `"${line}" starts with a dash`
  if (bracketed !== undefined && isIP(address) !== 6) return `"${line}" has brackets around what is not an IPv6 address`
  if (!/^[A-Za-z0-9._:%-]+$/.test(address) || !/^[A-Za-z0-9._-]+$/.test(login))
    return `"${line}" has characters that are not allowed`
  if (port < 1 || port > 65535) return `"${line}" has port ${port}; ports go from 1 to 65535`
  const shown = bracketed ? `[${address}]` : address
  return { user: login, address, port, name: `${login}@${shown}${port === 22 ? '' : `:${port}`}` }
}

/** Reads `hosts` and `user`; the same host twice is an issue. */
export function readHosts(read: InputReader): HostTarget[] {
  return readHostLines(read, 'hosts', { required: 'a line for each host, [user@]host[:port]' })
}

/** The same of another input; hosts that name no user have `user`. */
export function readHostLines(read: InputReader, name: string, options: { required?: string } = {}): HostTarget[] {
  const user = read.text('user')
  const hosts: HostTarget[] = []
  for (const line of read.lines(name, options)) {
    const host = parseHost(line, user)
    if (typeof host === 'string') {
      const remedy = host.endsWith('no user')
        ? 'Write user@host, or give the input user.'
        : 'Give a line for each host.'
      read.issue(name, host, remedy)
    } else if (hosts.some((other) => other.name === host.name)) {
      read.issue(name, `names ${host.name} twice`, 'Name each host once.')
    } else hosts.push(host)
  }
  return hosts
}
