import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicSeconds, openJournal } from '@belay/action-kit'
import { expect, type TestContext, test } from 'vitest'
import { blueGreenSwitch } from '../src/action.ts'
import type { SwitchContext } from '../src/context.ts'
import { confirmSwitch } from '../src/move.ts'
import { outcomeAfterMove } from '../src/outcome.ts'
import type { SavedSwitch, SwitchStep } from '../src/undo.ts'

/** A switch from slot 5001 to 5002 on this machine, whose state on the host is given, made final by its own main. */
async function confirmed(context: TestContext, state: string) {
  const folder = mkdtempSync(join(tmpdir(), 'belay-confirm-'))
  context.onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['states', 'changes', 'log', 'work/000001-id', 'records'])
    mkdirSync(join(folder, '.belay', name), { recursive: true })
  writeFileSync(join(folder, `.belay/states/000001-id.${state}`), '')
  writeFileSync(join(folder, '.belay/changes/000001-id.move'), "r_script='x'\nr_whole='yes'\n")
  const at = { host: 'local', user: '', address: 'local', port: 0, folder: '' }
  const held = [{ ...at, base: folder, id: 'id', change: 'move' as const, knownHosts: '' }]
  const move = {
    from: { version: 'v1', release: 'r1', slot: '5001' },
    to: { version: 'v2', release: 'r2', slot: '5002' },
  }
  const saved: SavedSwitch = { service: 'api', leases: held, armed: true, differed: false, moves: { local: move } }
  let last: SavedSwitch | undefined
  const outputs: Record<string, string> = {}
  const step = {
    id: 'switch',
    journal: openJournal(join(folder, 'journal')),
    save: (undo: SavedSwitch) => {
      last = undo
    },
    recordOutcomes() {},
    record() {},
    output: (name: string, value: string) => Object.assign(outputs, { [name]: value }),
  } as unknown as SwitchStep
  const inputs = { credentials: { key: '', passphrase: '', knownHosts: '' }, release: { service: 'api' } }
  const work = { step, inputs, fleet: held.map((one) => ({ lease: one })) } as unknown as SwitchContext
  const outcomes = [outcomeAfterMove('local', 'switched', move, move.to)]
  const failed = await confirmSwitch(work, { saved, outcomes }).then(
    () => '',
    (error) => error.code,
  )
  // What main's own clean-up, and its post, do with what was saved.
  if (failed) await blueGreenSwitch.transaction?.undo(last as SavedSwitch, step, monotonicSeconds() + 10)
  return { failed, active: outputs.active, hosts: JSON.parse(outputs.hosts ?? '[]') }
}

test('a switch that its own main could not confirm is not reported as switched (rule 15)', async (context) => {
  const { failed, active, hosts } = await confirmed(context, 'undone')
  expect(failed).toBe('not-confirmed')
  expect(hosts).toMatchObject([{ host: 'local', state: 'mixed', previous: '5001', active: '' }])
  expect(active).toBe('')
})

test('one that it confirmed is committed', async (context) => {
  const { failed, active, hosts } = await confirmed(context, 'confirmed')
  expect(failed).toBe('')
  expect(hosts).toMatchObject([{ host: 'local', state: 'committed', previous: '5001', active: '5002' }])
  expect(active).toBe('5002')
})
