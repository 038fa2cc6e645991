// `npm test` and the commands of the other layers: node scripts/test.ts LAYER [ARGUMENT OF VITEST…]
// As root on Debian or Ubuntu it first installs what the tests need, and logs what and why. Elsewhere it runs what can run.
// The reporter (test/support/not-run.ts) lists the rest, with the command to install what is missing.
import { join } from 'node:path'
import { layers, pathsWithoutTests } from './layers.ts'
import { prepareForTests } from './machine/prepare.ts'
import { seed } from './seed.ts'

const [name = '', ...args] = process.argv.slice(2)
const layer = layers[name]
if (!layer)
  throw new Error(`"${name}" is not a layer of tests. How to fix: give one of ${Object.keys(layers).join(', ')}.`)
const empty = pathsWithoutTests(layer, join(import.meta.dirname, '..'))
if (empty.length > 0)
  throw new Error(
    `The layer ${name} has paths without a test: ${empty.join(', ')}. How to fix: correct the layer in scripts/layers.ts.`,
  )

prepareForTests(layer.extras, console.log)
// With BELAY_SHARE=3 a third of the files, another one on the next day: for what is too long to be played whole each time.
const parts = Number(process.env.BELAY_SHARE ?? 1)
const share = parts > 1 ? [`--shard=${(seed % parts) + 1}/${parts}`] : []
const oneByOne = layer.oneByOne ? ['--no-file-parallelism'] : []
const projects = layer.projects.flatMap((project) => ['--project', project])
process.argv.splice(2, Infinity, 'run', ...projects, ...layer.paths, ...share, ...oneByOne, ...args)
// In this process, so that a signal that ends it ends the tests.
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
await import(vitest)
