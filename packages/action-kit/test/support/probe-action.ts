// An action whose every text comes from the environment: what hosts, tools and servers might have said.
import { type Action, Failure, run, type Step } from '../../src/index.ts'

const text = process.env.PROBE_TEXT ?? ''
const fails = process.env.PROBE_FAILS ?? ''

function fail(): never {
  if (fails === 'failure') throw new Failure('check-failed', text, text)
  if (fails === 'full') throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const error = new Error(text)
  error.stack = `Error: ${text}\n    at ${text}`
  throw error
}

async function main(_: object, step: Step<string>) {
  step.info(text)
  step.warn(text, text)
  step.summary(text)
  if (process.env.PROBE_SOCKET)
    step.journal.append({ step: step.id, event: 'connected', key: '', socket: process.env.PROBE_SOCKET })
  if (process.env.PROBE_FOR_ANOTHER)
    step.journal.append({ step: 'lost-1', event: 'step-began', action: 'release', mutates: true })
  if (process.env.PROBE_CHANGES === 'true') {
    step.save(text)
    const move = { from: { version: 'v1.2.0', release: 'r1' }, to: { version: 'v1.3.0', release: 'r2' } }
    step.arm([{ name: `api on ${text}`, service: 'api', handle: { kind: 'probe' }, move }], 600)
  }
  if (fails === 'stray') setImmediate(fail)
  if (fails === 'stray') await new Promise((resolve) => setTimeout(resolve, 1000))
  if (fails !== '') fail()
  return { result: process.env.PROBE_CHANGES === 'true' ? ('pending' as const) : ('unchanged' as const) }
}

function keeper() {
  return { missing: async () => [{ target: text, why: text }], confirm: async () => [] }
}

const changing = {
  mutates: () => process.env.PROBE_CHANGES === 'true',
  startsAfterFailure: () => false,
  service: () => 'api',
  async undo() {
    if (process.env.PROBE_UNDO === 'fails') throw new Error(text)
    return [{ target: `api on ${text}`, service: 'api', result: 'rolled-back' as const, detail: text }]
  },
  get confirmers() {
    if (process.env.PROBE_CONFIRMER === 'fails') throw new Error('no key')
    return { probe: keeper }
  },
  async close(step: Step<string>) {
    for (const { socket } of step.journal.read().connections) step.info(`closes ${socket}`)
    throw new Error(text)
  },
}

const action: Action<object, string> = {
  name: 'probe',
  inputs: (read) => {
    if (process.env.PROBE_INPUT) read.issue('source', `is "${text}"`, text)
    return {}
  },
  main,
  ...(process.env.PROBE_CHANGES !== undefined && { transaction: changing }),
}

await run(action)
