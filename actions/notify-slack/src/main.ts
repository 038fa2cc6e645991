import { run } from '@belay/action-kit'
import { notifySlack } from './action.ts'

await run(notifySlack)
