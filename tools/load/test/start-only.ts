/** Starts a client and prints that. A test ends it. */
import { startClient } from '../src/index.ts'

await startClient({ url: process.argv[2] ?? '', rate: 100, connections: 'keep-alive', versionOf: 'sha' })
process.send?.('started')
