/** The client's process: sends until it is told to stop, tells what it saw, and ends with whoever started it. */
import { setPriority } from 'node:os'
import type { Message } from './load-client.ts'
import { type SenderOptions, startSending } from './sender.ts'
import { newTally } from './tally.ts'

const options = JSON.parse(process.argv[2] ?? '') as SenderOptions
const sendMessage = (message: Message) => process.send?.(message)

// Who measures must not be held up by what else the machine has to do. Where it may not, it goes on as it is.
try {
  setPriority(-10)
} catch {}

const tally = newTally(Date.now())
const sender = startSending(options, tally)

process.once('message', async () => {
  await sender.stop()
  sendMessage(tally.report())
})
process.once('disconnect', () => process.exit())
sendMessage('started')
