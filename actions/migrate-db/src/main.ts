import { run } from '@belay/action-kit'
import { migrateDb } from './action.ts'

await run(migrateDb)
