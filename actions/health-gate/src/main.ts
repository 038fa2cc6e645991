import { run } from '@belay/action-kit'
import { healthGate } from './action.ts'

await run(healthGate)
