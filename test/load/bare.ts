import { execFile } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { startHaproxy, startNginx } from '@belay/test-hosts'
import type { Slots } from './slots.ts'

const run = promisify(execFile)

/** As many as in examples/vps-systemd/nginx. */
export const keepalive = 32

/** A proxy before two slots, moved in the way that its manual has it and by nothing else. */
export interface BareProxy {
  readonly url: string
  /** Moves all traffic to the other slot; resolves when the proxy's own command has returned. The old slot is kept. */
  switchSlot(): Promise<void>
  /** Stops the proxy and starts it. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Moved by a reload: `nginx -t`, then `nginx -s reload`. */
export async function startBareNginx({ address, ports }: Slots): Promise<BareProxy> {
  const nginx = await startNginx(undefined, { slot: ports[0], slotAddress: address, keepalive })
  const lead = inTurns(ports, async (to) => {
    writeFileSync(`${nginx.folder}/new`, `server ${address}:${to};\n`)
    renameSync(`${nginx.folder}/new`, nginx.activeFile)
    await run(nginx.control, ['validate'])
    await run(nginx.control, ['reload'])
  })
  return { ...nginx, url: `http://${nginx.address}:${nginx.port}/`, switchSlot: lead }
}

/** Moved by its socket: one server ready, the other one drained. */
export async function startBareHaproxy({ address, ports }: Slots): Promise<BareProxy> {
  const haproxy = await startHaproxy(undefined, { slots: ports, slotAddress: address })
  const names = { [ports[0]]: 'blue', [ports[1]]: 'green' }
  const lead = inTurns(ports, async (to, from) => {
    await sendCommand(haproxy.socket, `set server ${haproxy.backend}/${names[to]} state ready`)
    await sendCommand(haproxy.socket, `set server ${haproxy.backend}/${names[to]} weight 100`)
    await sendCommand(haproxy.socket, `set server ${haproxy.backend}/${names[from]} state drain`)
  })
  return { ...haproxy, url: `http://${haproxy.address}:${haproxy.port}/`, switchSlot: lead }
}

function inTurns(ports: Slots['ports'], lead: (to: number, from: number) => Promise<void>): () => Promise<void> {
  let [active, idle] = ports
  return async () => {
    await lead(idle, active)
    ;[active, idle] = [idle, active]
  }
}

/** One command to HAProxy's socket, which answers nothing where it did it. */
async function sendCommand(path: string, command: string): Promise<void> {
  const socket = connect(path)
  socket.end(`${command}\n`)
  const said = (await text(socket)).trim()
  if (said !== '') throw new Error(`HAProxy says to "${command}": ${said}`)
}
