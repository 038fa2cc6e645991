import { run } from '@belay/action-kit'
import { releaseBegin } from './action.ts'

await run(releaseBegin)
