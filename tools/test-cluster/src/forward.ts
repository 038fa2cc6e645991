import { type AddressInfo, connect, createServer } from 'node:net'

/** A port of the machine's 127.0.0.1 that leads to one elsewhere, until `stop`. */
export async function forwardPort(host: string, port: number): Promise<{ address: string; stop(): Promise<void> }> {
  const server = createServer((socket) => {
    const target = connect(port, host)
    const end = () => [socket, target].map((one) => one.destroy())
    for (const one of [socket, target]) one.on('error', end).on('close', end)
    socket.pipe(target).pipe(socket)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
