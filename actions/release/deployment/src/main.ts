import { run } from '@belay/action-kit'
import { releaseDeployment } from './action.ts'

await run(releaseDeployment)
