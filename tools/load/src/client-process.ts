/** The client's process: sends requests until it is stopped, reports the answers, and ends with its parent process. */
import { setPriority } from 'node:os'
import type { Message } from './load-client.ts'
import { type SenderOptions, startSending } from './sender.ts'
import { newTally } from './tally.ts'

const options = JSON.parse(process.argv[2] ?? '') as SenderOptions
const sendMessage = (message: Message) => process.send?.(message)

// Other work of the machine must not delay the measurement. Without the right to raise its priority it goes on as it is.
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
