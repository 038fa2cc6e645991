import { Failure } from '@belay/action-kit'
import { virtualClock } from '@belay/fakes/render'
import { describe, expect, test } from 'vitest'
import { type ApiClient, openClient } from '../src/api-client.ts'

/** Calls a Render that gives this answer to every request. */
async function ask(answer: { status?: number; body: string }, call: (client: ApiClient) => Promise<unknown>) {
  const clock = virtualClock()
  const { signal } = new AbortController()
  const client = openClient(
    async () => ({ status: answer.status ?? 200, headers: {}, body: Buffer.from(answer.body) }),
    { clock, random: () => 0.5, signal, until: clock.now() + 60_000 },
  )
  return clock.run(call(client)).catch((error: unknown) => error)
}

const calls: [string, (client: ApiClient) => Promise<unknown>][] = [
  ['services', (client) => client.services('api', '')],
  ['service', (client) => client.service('srv-1')],
  ['deploys', (client) => client.deploys('srv-1')],
  ['deploy', (client) => client.deploy('srv-1', 'dep-1')],
  ['env', (client) => client.env('srv-1')],
  ['events', (client) => client.events('srv-1', '2026-01-01T00:00:00Z')],
  ['logs', (client) => client.lastLogs({ id: 'srv-1', ownerId: 'tea-1' }, '2026-01-01T00:00:00Z', undefined)],
]
const odd = ['<html>', '', 'null', '7', '"x"', '[null]', '[7]', '[{}]', '[{"cursor":"a","deploy":null}]']
const oddObjects = ['{"id":7}', '{"logs":null}', '{"logs":[{}]}', '{"message":"not here"}']

describe.each(calls)('an answer that is not from Render is a clear failure of %s', (_, call) => {
  test.each([...odd, ...oddObjects, '{}', '[{"service":{"id":7}}]', '[{"event":{}}]', '[{"envVar":{"key":1}}]'])(
    '%s',
    async (body) => {
      const error = await ask({ body }, call)
      expect(error).toBeInstanceOf(Failure)
      expect(error).toMatchObject({ code: 'render-answer' })
    },
  )
})

test("Render's message of a refusal is one line, without a terminal's control sequences", async () => {
  const body = JSON.stringify({ message: '\u001b[31mno\n::error::x ##[set-output name=y]\u001b[0m' })
  const error = await ask({ status: 400, body }, (client) => client.service('srv-1'))
  expect(error).toMatchObject({ code: 'render-refused' })
  expect((error as Error).message.split('\n')[0]).toBe(
    'Render refused: \\x1b[31mno\\x0a:\\:error:\\:x #\\#[set-output name=y]\\x1b[0m (400).',
  )
})
