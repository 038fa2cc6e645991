import { run } from '@belay/action-kit'
import { releasePlan } from './action.ts'

await run(releasePlan)
