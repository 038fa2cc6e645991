import { createServer, type Server, Socket } from 'node:net'

/**
 * The line between the runner and a test host: a TCP proxy in the process of the test. A blocked event loop of that
 * process (`spawnSync` of ssh) blocks the line too.
 */
export interface Link {
  /** Connections accepted since the start. */
  readonly connections: number
  /** Connections whose client is still there. */
  readonly open: number
  /** Resets every open connection at once. */
  cut(): void
  /** True: new connections are refused by the kernel, open ones stay. Resolves when it is so. */
  refuse(on: boolean): Promise<void>
  /**
   * True: bytes and ends are swallowed both ways; new connections are accepted and silent.
   * False: connections that lost something are reset, for an SSH stream with a hole is none.
   */
  blackhole(on: boolean): void
  /** Latency added each way, in milliseconds; it holds for what comes after it was set. */
  delayMs: number
}

/** A link that listens on a free port of `address` and leads to sshd's, of `target`; `close` resets what is open. */
export async function openLink(address: string, sshdPort: () => number, target = address) {
  const pairs = new Set<Pair>()
  let connections = 0
  let swallowing = false
  let refusing = false
  let settled = Promise.resolve()
  let server: Server | undefined

  const link: Link = {
    get connections() {
      return connections
    },
    get open() {
      return [...pairs].filter((pair) => !pair.client.destroyed).length
    },
    delayMs: 0,
    cut() {
      for (const pair of pairs) pair.reset()
    },
    refuse(on) {
      refusing = on
      settled = settled.then(applyRefusing)
      return settled
    },
    blackhole(on) {
      swallowing = on
      if (on) return
      for (const pair of pairs) if (pair.holed) pair.reset()
    },
  }

  const accept = (client: Socket) => {
    connections += 1
    const pair = connect(client)
    pairs.add(pair)
  }

  const connect = (client: Socket): Pair => {
    const host = new Socket({ allowHalfOpen: true })
    const pair: Pair = {
      client,
      holed: false,
      reset() {
        pairs.delete(pair)
        reset(client)
        reset(host)
      },
    }
    carry(client, host)
    carry(host, client)
    host.connect(sshdPort(), target)
    return pair

    function carry(from: Socket, to: Socket) {
      let last = Promise.resolve()
      // One after the other, each no earlier than its own latency says.
      const pass = (deliver: () => void) => {
        if (swallowing || pair.holed) {
          pair.holed = true
          return
        }
        if (link.delayMs === 0 && !queued) return deliver()
        queued += 1
        const due = new Promise<void>((resolve) => setTimeout(resolve, link.delayMs))
        last = Promise.all([last, due]).then(() => {
          queued -= 1
          if (!swallowing) deliver()
          else pair.holed = true
        })
      }
      let queued = 0
      from.setNoDelay(true)
      from.on('data', (chunk) =>
        pass(() => {
          if (!to.destroyed && !to.write(chunk)) from.pause()
        }),
      )
      to.on('drain', () => from.resume())
      from.on('end', () => pass(() => to.end()))
      from.on('error', () => pass(() => pair.reset()))
      from.on('close', () => {
        if (client.destroyed && host.destroyed) pairs.delete(pair)
      })
    }
  }

  const listen = (port: number) =>
    new Promise<Server>((resolve, reject) => {
      const created = createServer({ allowHalfOpen: true }, accept)
      created.once('error', reject)
      created.listen(port, address, () => resolve(created))
    })

  const applyRefusing = async () => {
    if (refusing && server) {
      // Listening ends at once; `close` calls back only when the open connections have ended too.
      server.close()
      server = undefined
    } else if (!refusing && !server) {
      server = await listen(port)
    }
  }

  server = await listen(0)
  const port = (server.address() as { port: number }).port

  const close = async () => {
    await link.refuse(true)
    link.cut()
  }
  return { link, port, close }
}

/** Node leaks a socket that is reset while its end is on the way: EINVAL, and the process hangs at its exit. */
function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy()
  else socket.resetAndDestroy()
}

interface Pair {
  client: Socket
  /** Something that was sent did not arrive. */
  holed: boolean
  reset(): void
}
