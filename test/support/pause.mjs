// Preloaded into an action's process (NODE_OPTIONS=--import …) by tests of faults. An action writes each boundary to the
// journal before it crosses it: this holds the process there, event loop and all, until the test has done
// its work and says go. So a fault is injected exactly at a boundary, and no action needs a hook for it.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { file, match, nth } = JSON.parse(process.env.BELAY_TEST_PAUSE)
const append = fs.appendFileSync
let seen = 0

fs.appendFileSync = (path, data, options) => {
  append(path, data, options)
  if (!/journal\.jsonl$/.test(String(path))) return
  const before = seen
  seen += linesOf(String(data)).filter(matches).length
  if (before >= nth || seen < nth) return
  fs.writeFileSync(`${file}.reached`, '')
  // Not for ever: a test that died must not leave a process behind.
  for (let waited = 0; waited < 120_000 && !fs.existsSync(`${file}.go`); waited += 5) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  }
}
syncBuiltinESMExports()

function linesOf(text) {
  return text.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)))
}

function matches(line) {
  return Object.entries(match).every(([key, value]) => line[key] === value)
}
