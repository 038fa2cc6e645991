import { basename } from 'node:path'
import type { Action } from './action.ts'
import { Failure } from './failure.ts'
import { main } from './lifecycle/main.ts'
import { post } from './lifecycle/post.ts'
import { reportError, reportOutputs } from './lifecycle/report.ts'
import { mainState } from './main-state.ts'
import { sweepSecrets } from './secret-folder.ts'

/**
 * Runs an action: one bundle for both stages of the runner. `main` makes the change and undoes it if it fails. `post`
 * follows the decision of the job; the first post of a changing action makes that decision.
 */
export async function run<Inputs, Undo>(action: Action<Inputs, Undo>): Promise<void> {
  // Node would print it unescaped.
  process.once('uncaughtException', (error) => {
    reportError(error)
    process.exit(1)
  })
  try {
    if (process.platform !== 'linux')
      throw new Failure('platform', `Belay runs on Linux runners, not ${process.platform}.`)
    // A main that was killed during its login has left its key.
    sweepSecrets()
    if (isPost()) await post(action, mainState())
    else await main(action)
  } catch (error) {
    reportError(error)
    if (!isPost()) reportOutputs(error)
  }
  // A connection left open for later steps must not keep this process.
  process.exit()
}

/**
 * The runner does not say which stage it starts, and a main that was killed at once leaves no state. So `post:` in
 * action.yml names `dist/post.js`, which does nothing but import the one bundle.
 */
function isPost(): boolean {
  return basename(process.argv[1] ?? '') === 'post.js'
}
