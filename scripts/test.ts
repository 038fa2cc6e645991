// `npm test` and the commands of the other layers: node scripts/test.ts LAYER [ARGUMENT OF VITEST…]
// As root on Debian or Ubuntu it first installs what the tests need, after saying what and why. Elsewhere it runs what
// can run; the reporter (test/support/not-run.ts) lists the rest, and the command that brings it.
import { join } from 'node:path'
import { layers, pathsWithoutTests } from './layers.ts'
import { prepareForTests } from './machine/prepare.ts'

const [name = '', ...args] = process.argv.slice(2)
const layer = layers[name]
if (!layer) throw new Error(`There is no layer ${name}; there are ${Object.keys(layers).join(', ')}.`)
const empty = pathsWithoutTests(layer, join(import.meta.dirname, '..'))
if (empty.length > 0)
  throw new Error(`No test is in ${empty.join(', ')}. Correct the layer ${name} in scripts/layers.ts.`)

prepareForTests(layer.extras, console.log)
const projects = layer.projects.flatMap((project) => ['--project', project])
process.argv.splice(2, Infinity, 'run', ...projects, ...layer.paths, ...args)
// In this process: a signal that ends it ends the tests.
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
await import(vitest)
