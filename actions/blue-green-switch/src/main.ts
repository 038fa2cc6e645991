import { run } from '@belay/action-kit'
import { blueGreenSwitch } from './action.ts'

await run(blueGreenSwitch)
