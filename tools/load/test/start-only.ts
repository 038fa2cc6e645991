/** Starts a client and prints that. A test ends it. */
import { startLoadClient } from '../src/index.ts'

await startLoadClient({ url: process.argv[2] ?? '', rate: 100, connections: 'keep-alive', versionOf: 'sha' })
process.send?.('started')
