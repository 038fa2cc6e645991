import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Journal, monotonicSeconds, openJournal, type TargetOutcome } from '@belay/action-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertArmedOnce, pendingSteps, transactionIdOf, undoEarlierSteps } from '../src/earlier-steps.ts'
import type { HostTarget } from '../src/target.ts'
import { parseHost } from '../src/target.ts'

let folder: string
let journal: Journal
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-own-steps-'))
  journal = openJournal(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A step that changed a service, as the journal knows it. */
function armed(step: string, service: string, target: string, lease: Record<string, unknown> = {}): void {
  journal.append({ step, event: 'step-began', action: 'deploy-ssh', mutates: true, service })
  journal.append({ step, event: 'saved', undo: { service, target } })
  const targets = [{ name: target, service, handle: { kind: 'ssh', ...lease } }]
  journal.append({ step, event: 'armed', targets, seconds: 60, returnsAt: monotonicSeconds() + 60 })
}

const hosts = [parseHost('web1', 'deploy') as HostTarget]
const refuse = (service: string) =>
  assertArmedOnce({ journal }, hosts, (host) => [`${service} slot on ${host}`, `${service} on ${host}`], {
    did: (host) => `released ${service} to ${host}`,
    verb: 'release',
  })

test('a job arms a host once for each service (rule 6)', () => {
  expect(() => refuse('api')).not.toThrow()
  armed('deploy-ssh-1', 'api', 'api on deploy@web1')
  expect(() => refuse('api')).toThrow('An earlier step of this job already released api to deploy@web1.')
  expect(() => refuse('api')).toThrow('release a service once in a job')
  expect(() => refuse('shop')).not.toThrow()
})

test('what a rollback undoes: other steps, of its service, without a final outcome', () => {
  armed('deploy-ssh-1', 'api', 'api on web1')
  armed('deploy-ssh-2', 'shop', 'shop on web1')
  armed('deploy-ssh-3', 'api', 'api on web2')
  armed('deploy-ssh-4', 'api', 'api on web3')
  const target = { target: 'api on web2', service: 'api', result: 'rolled-back', detail: '' } as const
  journal.append({ step: 'deploy-ssh-3', event: 'outcome', ...target })
  const own = pendingSteps({ id: 'deploy-ssh-4', journal }, 'api')
  expect(own.map(({ id }) => id)).toEqual(['deploy-ssh-1'])
})

test('a step joins what an earlier step of its job has open for the service, and nothing else', () => {
  const step = { id: 'blue-green-switch-1', journal }
  expect(transactionIdOf(step, 'api', 'own')).toBe('own')
  armed('deploy-ssh-1', 'shop', 'shop slot on web1', { id: 'of-shop' })
  expect(transactionIdOf(step, 'api', 'own')).toBe('own')
  armed('deploy-ssh-2', 'api', 'api slot on web1', { id: 'of-api' })
  expect(transactionIdOf(step, 'api', 'own')).toBe('of-api')
  const ended = { target: 'api slot on web1', service: 'api', result: 'rolled-back', detail: '' } as const
  journal.append({ step: 'deploy-ssh-2', event: 'outcome', ...ended })
  expect(transactionIdOf(step, 'api', 'own')).toBe('own')
})

test('a shadow release is not joined: it is undone, whatever the job decides', () => {
  armed('deploy-ssh-1', 'api', 'api slot on web1', { id: 'of-api', shadow: true })
  const join = () => transactionIdOf({ id: 'blue-green-switch-1', journal }, 'api', 'own')
  expect(join).toThrow('released api as a shadow (until: gate): no traffic goes there')
})

test.each(['rolled-back', 'unchanged', 'mixed', 'undo-started'] as const)('undone with %s', async (result) => {
  armed('deploy-ssh-1', 'api', 'api on web1')
  const reported: unknown[] = []
  const step = { recordOutcomes: (settled: readonly TargetOutcome[]) => void reported.push(settled) }
  const settled: TargetOutcome = { target: 'api on web1', service: 'api', result, detail: 'as it says' }
  const until: number[] = []
  const taken = undoEarlierSteps<{ service: string }>(
    step,
    pendingSteps({ id: 'deploy-ssh-2', journal }, 'api'),
    async (saved, end) => {
      expect(saved.service).toBe('api')
      until.push(end - monotonicSeconds())
      return [settled]
    },
  )
  if (result === 'rolled-back' || result === 'unchanged') await taken
  else
    await expect(taken).rejects.toMatchObject({ code: 'undo-failed', message: expect.stringContaining('as it says') })
  expect(reported).toEqual([[settled]])
  expect(until).toHaveLength(1)
  expect(until[0]).toBeGreaterThan(0)
})
