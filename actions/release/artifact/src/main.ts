import { run } from '@belay/action-kit'
import { releaseArtifact } from './action.ts'

await run(releaseArtifact)
