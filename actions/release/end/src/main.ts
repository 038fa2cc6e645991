import { run } from '@belay/action-kit'
import { releaseEnd } from './action.ts'

await run(releaseEnd)
