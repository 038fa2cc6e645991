import { run } from '@belay/action-kit'
import { buildImage } from './action.ts'

await run(buildImage)
