import { readFileSync } from 'node:fs'

const words = readFileSync(new URL('./host/words.sh', import.meta.url), 'utf8')
const process = readFileSync(new URL('./host/process.sh', import.meta.url), 'utf8')
const state = readFileSync(new URL('./host/state.sh', import.meta.url), 'utf8')
const lock = readFileSync(new URL('./host/lock.sh', import.meta.url), 'utf8')
const schema = readFileSync(new URL('./host/schema.sh', import.meta.url), 'utf8')
const hooks = readFileSync(new URL('./host/hooks.sh', import.meta.url), 'utf8')
const prune = readFileSync(new URL('./host/prune.sh', import.meta.url), 'utf8')
const serve = readFileSync(new URL('./host/serve.sh', import.meta.url), 'utf8')
const hold = readFileSync(new URL('./host/hold.sh', import.meta.url), 'utf8')
const commands = readFileSync(new URL('./host/commands.sh', import.meta.url), 'utf8')
const inspect = readFileSync(new URL('./host/inspect.sh', import.meta.url), 'utf8')
const main = readFileSync(new URL('./host/main.sh', import.meta.url), 'utf8')

/** The part of every host script that all actions share. A file uses only files before it, and the hooks. */
export const hostScript = [
  words,
  process,
  state,
  lock,
  schema,
  hooks,
  prune,
  serve,
  hold,
  commands,
  inspect,
  main,
].join('\n')
