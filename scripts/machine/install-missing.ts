// `npm run machine [-- LAYER…]`: installs what the tests of this repository need, as root on Debian or Ubuntu. It names it
// first. What only some layers need (scripts/layers.ts), such as a Kubernetes cluster, is installed for the layers given.

import { layers } from '../layers.ts'
import { NotInstalled } from './install.ts'
import { isRoot } from './other-systems.ts'
import { installMissing } from './prepare.ts'
import { programsOfTests } from './programs.ts'

try {
  if (!isRoot())
    throw new NotInstalled('Tests start hosts of their own, which need mounts and users. How to fix: run this as root.')
  const extras = process.argv.slice(2).flatMap((name) => {
    const layer = layers[name]
    if (!layer) throw new NotInstalled(`"${name}" is no layer of tests. How to fix: ${Object.keys(layers).join(', ')}.`)
    return layer.extras
  })
  installMissing(programsOfTests(), extras, console.log)
  console.log('Everything that tests need is installed.')
} catch (error) {
  if (!(error instanceof NotInstalled)) throw error
  console.error(error.message)
  process.exitCode = 1
}
