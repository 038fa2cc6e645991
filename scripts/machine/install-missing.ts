// `npm run machine`: installs what the tests of this repository need, as root on Debian or Ubuntu, after saying so.

import { NotInstalled } from './install.ts'
import { isRoot } from './other-systems.ts'
import { installMissing } from './prepare.ts'
import { programsOfTests } from './programs.ts'

try {
  if (!isRoot()) throw new NotInstalled('Tests start hosts of their own, with mounts and users: run this as root.')
  installMissing(programsOfTests(), [], console.log)
  console.log('Everything that tests need is installed.')
} catch (error) {
  if (!(error instanceof NotInstalled)) throw error
  console.error(error.message)
  process.exitCode = 1
}
