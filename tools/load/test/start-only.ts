/** Starts a client, says so, and does nothing more: somebody will end it. */
import { startClient } from '../src/index.ts'

await startClient({ url: process.argv[2] ?? '', rate: 100, connections: 'keep-alive', versionOf: 'sha' })
process.send?.('started')
