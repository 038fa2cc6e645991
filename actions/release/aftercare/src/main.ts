import { run } from '@belay/action-kit'
import { releaseAftercare } from './action.ts'

await run(releaseAftercare)
