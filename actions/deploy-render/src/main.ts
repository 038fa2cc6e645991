import { run } from '@belay/action-kit'
import { deployRender } from './action.ts'

await run(deployRender)
