import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Fixture, Released } from './fixture.ts'

/** Nothing of a secret is in the logs, and nothing of the job on the runner. */
export function expectNothingLeft({ job, log, post }: Released): void {
  expect(job.texts(), log).not.toMatch(/first-secret|second-secret/)
  if (!post) return
  expect(job.leftovers(), log).toEqual([])
  expect(processesOf(job.temp)).toEqual([])
}

/** What still runs with this text in its command line after two seconds: a process that is ended takes a moment. */
function processesOf(text: string): string[] {
  const until = performance.now() + 2000
  for (;;) {
    const lines = commandLines().filter((line) => line.includes(text))
    if (lines.length === 0 || performance.now() > until) return lines
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  }
}

/** The lock is free, no transaction is open, and nothing of an undo is left. */
export async function expectFree({ cluster, namespace, kubectl }: Fixture, log: string): Promise<void> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/belay-api-qa`
  const { json } = await cluster.ask('GET', path)
  expect([json.spec.holderIdentity, json.metadata.annotations['belay-actions.github.io/state']], log).toEqual([
    '',
    expect.not.stringMatching(/^(open|expired) /),
  ])
  expect(await kubectl('get', 'configmaps,secrets,jobs', '-o', 'name'), log).not.toMatch(/belay-(?!api-qa-kept-)/)
}

/** Of all processes of this machine. */
function commandLines(): string[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, 'utf8')] : []
    } catch {
      return []
    }
  })
}
