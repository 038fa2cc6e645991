import { expect, test } from 'vitest'
import { ApiError } from '../../src/api.ts'
import { followCollection } from '../../src/follow/collection.ts'
import { type Answer, added, away, object, scripted } from './scripted.ts'

/** Follows by a script until it leaves a watch open; returns what was seen and asked. */
async function play(...answers: Answer[]) {
  const reader = scripted(...answers)
  const seen: string[] = []
  const stop = new AbortController()
  const following = followCollection(
    reader,
    '/api/v1/pods',
    { labelSelector: 'app=api' },
    {
      listed: (objects) => seen.push(`list ${objects.map(({ metadata }) => metadata.name).join()}`),
      changed: ({ metadata }, gone) => seen.push(`${gone ? '-' : '+'}${metadata.name}`),
      reachable: (yes) => yes || seen.push('away'),
    },
    stop.signal,
  )
  await expect.poll(() => reader.asked.length, { timeout: 20_000 }).toBeGreaterThan(answers.length)
  stop.abort()
  await following
  return { seen, asked: reader.asked.map(({ resourceVersion, continue: token }) => resourceVersion ?? token ?? 'list') }
}

const list = (...names: string[]): Answer => ({ list: names.map((name) => object(name, '5')), version: '10' })

test('pages of a list become one, and its watch begins at its version', async () => {
  const pages: Answer[] = [{ list: [object('a', '1')], version: '10', next: 'more' }, list('b')]
  expect(await play(...pages)).toEqual({ seen: ['list a,b'], asked: ['list', 'more', '10'] })
})

test('a watch that the server ends goes on from the last version, which a bookmark may bring', async () => {
  const bookmark = { type: 'BOOKMARK', object: { metadata: { name: '', resourceVersion: '30' } } } as const
  const gone = { type: 'DELETED', object: object('a', '40') } as const
  const { seen, asked } = await play(
    list('a'),
    { events: [added('b', '12')] },
    { events: [bookmark] },
    { events: [gone] },
  )
  expect(asked).toEqual(['list', '10', '12', '30', '40'])
  expect(seen).toEqual(['list a', '+b', '-a'])
})

test('a watch that was cut goes on from the last version; nothing is listed again', async () => {
  const { seen, asked } = await play(list('a'), { events: [added('b', '12')], cut: away }, { error: away })
  expect(asked).toEqual(['list', '10', '12', '12'])
  expect(seen).toEqual(['list a', '+b', 'away', 'away'])
})

test.each([
  ['as an event', { events: [{ type: 'ERROR', object: { metadata: { name: '' }, code: 410 } }] } as Answer],
  ['as a status', { error: new ApiError(410, 'Expired', 'too old resource version') } as Answer],
])('a version that is too old, %s: listed again', async (_, old) => {
  const { seen, asked } = await play(list('a'), old, list('a', 'b'))
  expect(asked).toEqual(['list', '10', 'list', '10'])
  expect(seen).toEqual(['list a', 'list a,b'])
})

test('a server that is away, or busy, is waited for', async () => {
  const busy = new ApiError(429, 'TooManyRequests', 'too many requests', { retryAfter: 1 })
  const began = performance.now()
  const { seen } = await play({ error: away }, { error: busy }, list('a'))
  expect(seen).toEqual(['away', 'away', 'list a'])
  expect(performance.now() - began).toBeGreaterThan(1000)
})

test.each([
  ['forbidden', new ApiError(403, 'Forbidden', 'pods is forbidden')],
  ['a bug', new TypeError('x is not a function')],
])('%s ends it', async (_, error) => {
  const observer = { listed: () => {}, changed: () => {}, reachable: () => {} }
  const following = followCollection(
    scripted({ error: error as ApiError }),
    '/api/v1/pods',
    {},
    observer,
    new AbortController().signal,
  )
  await expect(following).rejects.toBe(error)
})
