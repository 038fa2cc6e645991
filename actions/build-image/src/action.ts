import { type Action, fromEnvironment } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { build } from './build.ts'
import { type BuildImageInputs, readBuildImageInputs } from './inputs.ts'
import { privateFolder, removePrivate } from './login.ts'
import { promote } from './promote.ts'
import { openRepository } from './repository.ts'
import { type SavedTags, undoTags } from './undo.ts'

/** Builds in a job of its own. Promotes in the job that releases, where a later failure restores the tags. */
export const buildImage: Action<BuildImageInputs, SavedTags> = {
  name: 'build-image',
  inputs: readBuildImageInputs,
  variables: { username: 'registry-user', password: 'registry-token', target: undefined },
  main: (inputs, step) => (inputs.command === 'build' ? build(inputs, step) : promote(inputs, step)),
  transaction: {
    mutates: ({ command, dryRun }) => command === 'promote' && !dryRun,
    startsAfterFailure: () => false,
    service: ({ service }) => service,
    undo: (saved, step, until) =>
      undoTags(
        saved,
        (image, signal) => openRepository(image, loginFromInputs(), { writes: true, step, signal, attempts: 8 }),
        until,
      ),
    confirmers,
    // If main was killed, the login is still there.
    close: async (step) => removePrivate(privateFolder(step.journal.folder, step.id)),
  },
}

/** Only the login: other inputs may have changed between main and post. */
function loginFromInputs(): BuildImageInputs['login'] {
  const [username, password] = [fromEnvironment('username').trim(), fromEnvironment('password').trim()]
  return password === '' ? undefined : { username, password }
}
