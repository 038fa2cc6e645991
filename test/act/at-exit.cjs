// Loaded into every program of Node under act. An action that ends waits until the test has answered: what a fault does at
// the end of a step, it does before act reads the step's outcome.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs')

const main = process.argv[1] ?? ''
if (main.endsWith('/dist/index.js'))
  process.on('exit', () => {
    const mine = `${process.env.BELAY_TEST_HELD}/${process.pid}`
    writeFileSync(`${mine}.new`, process.env.GITHUB_ACTION ?? '')
    renameSync(`${mine}.new`, `${mine}.ends`)
    const pause = new Int32Array(new SharedArrayBuffer(4))
    while (!existsSync(`${mine}.answer`)) Atomics.wait(pause, 0, 0, 5)
    if (readFileSync(`${mine}.answer`, 'utf8') === 'fail') process.exitCode = 1
  })
