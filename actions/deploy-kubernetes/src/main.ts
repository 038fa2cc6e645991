import { run } from '@belay/action-kit'
import { deployKubernetes } from './action.ts'

await run(deployKubernetes)
