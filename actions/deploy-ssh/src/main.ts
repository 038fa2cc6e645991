import { run } from '@belay/action-kit'
import { deploySsh } from './action.ts'

await run(deploySsh)
