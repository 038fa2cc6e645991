// `npm run machine`: installs what the tests of this repository need, as root on Debian or Ubuntu. It names it first.

import { NotInstalled } from './install.ts'
import { isRoot } from './other-systems.ts'
import { installMissing } from './prepare.ts'
import { programsOfTests } from './programs.ts'

try {
  if (!isRoot())
    throw new NotInstalled('Tests start hosts of their own, which need mounts and users. How to fix: run this as root.')
  installMissing(programsOfTests(), [], console.log)
  console.log('Everything that tests need is installed.')
} catch (error) {
  if (!(error instanceof NotInstalled)) throw error
  console.error(error.message)
  process.exitCode = 1
}
