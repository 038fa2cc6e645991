import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openJob } from '@belay/action-harness'

const action = join(import.meta.dirname, 'probe-action.ts')

/** A job of one step, `probe-action.ts`, which reads variables where other actions read inputs. */
export function openProbeJob() {
  const job = openJob()
  // The kit knows the stage by the name of the file.
  const post = join(job.folder, 'post.js')
  writeFileSync(post, `import ${JSON.stringify(action)}\n`)
  const step = job.step({ main: action, post })
  return {
    ...job,
    main: (env: Record<string, string> = {}) => step.main({}, { env }),
    post: (env: Record<string, string> = {}) => step.post({}, { env }),
  }
}
