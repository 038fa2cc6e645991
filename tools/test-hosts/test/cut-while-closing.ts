import { connect, createServer, type Socket } from 'node:net'
import { openLink } from '../src/link.ts'

// Cuts while the ends of many connections are on their way through the link; the process must then end without help.
const address = '127.0.0.1'
const behind: Socket[] = []
const server = createServer({ allowHalfOpen: true }, (socket) => {
  behind.push(socket)
  socket.on('error', () => {})
  // Meets links that have passed the end of another connection in this very turn of the event loop.
  socket.on('data', () => link.cut())
})
await new Promise<void>((resolve) => server.listen(0, address, resolve))
const { link, port, close } = await openLink(address, () => (server.address() as { port: number }).port)

for (let round = 0; round < 20; round++) {
  const clients = Array.from({ length: 20 }, () => connect({ host: address, port }).on('error', () => {}))
  const closed = clients.map((client) => new Promise((resolve) => client.once('close', resolve)))
  await Promise.all(clients.map((client) => new Promise((resolve) => client.once('connect', resolve))))
  for (const client of clients) client.end('last')
  for (const client of clients) client.resume()
  await Promise.race([Promise.all(closed), new Promise((resolve) => setTimeout(resolve, 200).unref())])
}

await close()
server.close()
for (const socket of behind) socket.destroy()
