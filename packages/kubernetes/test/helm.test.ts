import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { helmEnvironment } from '../src/helm/helm.ts'
import { type HelmRevision, lastGood } from '../src/helm/history.ts'
import { openRelay } from '../src/helm/relay.ts'
import { planChartUndo, type SavedChart } from '../src/helm/undo-plan.ts'

const one = (revision: number, status: string, description = 'theirs'): HelmRevision => ({
  revision,
  status,
  description,
})

describe('the revision that is live', () => {
  test.for<[number, HelmRevision[]]>([
    [0, []],
    [2, [one(1, 'superseded'), one(2, 'deployed')]],
    [1, [one(1, 'deployed'), one(2, 'failed')]],
    [1, [one(1, 'deployed'), one(2, 'pending-upgrade')]],
    [1, [one(1, 'superseded'), one(2, 'failed')]],
    [1, [one(1, 'failed')]],
    [0, [one(1, 'superseded'), one(2, 'uninstalled')]],
  ])('is %i', ([good, history]) => expect(lastGood(history)).toBe(good))
})

describe('the undo of a chart', () => {
  const saved: SavedChart = { name: 'api', last: 3, good: 3, by: 'upgrade', historyMax: 15, dropped: [], claims: [] }
  const first = { ...saved, last: 0, good: 0 }
  const before = one(3, 'deployed')
  const ours = one(4, 'deployed', 'belay R')

  test.for<[string, SavedChart, HelmRevision[], boolean]>([
    ['nothing', saved, [before], false],
    ['nothing', first, [], false],
    ['rollback', saved, [before, ours], true],
    ['rollback', saved, [before, one(4, 'pending-upgrade', 'Preparing upgrade')], true],
    ['uninstall', first, [one(1, 'failed')], true],
    ['done', first, [one(1, 'uninstalled')], true],
    ['done', saved, [ours, one(5, 'deployed', 'Rollback to 3')], true],
    ['rollback', saved, [ours, one(5, 'pending-rollback', 'Rollback to 3')], true],
    ['rollback', saved, [ours, one(5, 'failed', 'Rollback "api" failed: conflict')], true],
    ['rollback', { ...saved, by: 'rollback' }, [before, one(4, 'pending-rollback', 'Rollback to 1')], false],
    // Of somebody else: one in place of ours, one after it, one after its undo, and an uninstall.
    ['superseded', saved, [before, one(4, 'deployed')], false],
    ['superseded', saved, [before, ours, one(5, 'deployed')], true],
    ['superseded', saved, [ours, one(5, 'deployed', 'Rollback to 3'), one(6, 'failed')], true],
    ['superseded', saved, [ours, one(5, 'deployed', 'Rollback to 2')], true],
    ['superseded', saved, [], false],
    ['superseded', saved, [before, one(4, 'uninstalled')], true],
    // Of somebody else, which Belay was asked to roll back as long as it is pending.
    ['rollback', { ...saved, pending: true }, [before, one(4, 'pending-upgrade')], true],
    ['superseded', { ...saved, pending: true }, [before, one(4, 'deployed')], true],
    [
      'rollback',
      { ...saved, pending: true },
      [one(4, 'pending-upgrade'), one(5, 'pending-rollback', 'Rollback to 3')],
      true,
    ],
  ])('is %s', ([wanted, chart, history, isOurs]) => expect(planChartUndo(chart, history, isOurs)).toBe(wanted))
})

test('helm gets nothing that leads it elsewhere', () => {
  const env = {
    KUBECONFIG: 'a',
    HELM_KUBETOKEN: 'b',
    HELM_NAMESPACE: 'c',
    HELM_DEBUG: '1',
    HELM_DRIVER: 'secret',
    PATH: 'd',
  }
  expect(helmEnvironment(env)).toEqual({ HELM_DRIVER: 'secret', PATH: 'd' })
})

test('the relay answers who knows its word, and nothing after its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-relay-'))
  const socket = join(folder, 's')
  const server = createServer((incoming, outgoing) =>
    outgoing.end(`${incoming.method} ${incoming.url} ${incoming.headers.host}`),
  )
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const relay = await openRelay(socket)
  try {
    expect(await ask(`${relay.server}/api/v1?limit=1`)).toBe('200 GET /api/v1?limit=1 localhost')
    const { origin } = new URL(relay.server)
    expect(await ask(`${origin}/api/v1`)).toBe('404 ')
    expect(await ask(`${origin}/${'0'.repeat(48)}/api/v1`)).toBe('404 ')
    relay.close()
    await expect(ask(`${relay.server}/api/v1`)).rejects.toThrow('ECONNREFUSED')
  } finally {
    relay.close()
    server.close()
    rmSync(folder, { recursive: true })
  }
})

function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve(`${answer.statusCode} ${text}`))
    })
      .on('error', reject)
      .end()
  })
}
