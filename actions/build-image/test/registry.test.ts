import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type TestContext, test } from 'vitest'
import { parseImage } from '../src/image.ts'
import { openRegistry } from '../src/registry/client.ts'
import { digestOf, mediaTypes } from '../src/registry/manifest.ts'

type Answer = { status?: number; headers?: http.OutgoingHttpHeaders; body?: string }

/** A server that answers as real registries do, with a log of its requests. */
async function serve({ onTestFinished }: TestContext, answer: (request: http.IncomingMessage, url: URL) => Answer) {
  const asked: { line: string; authorization: string | undefined }[] = []
  const server = http.createServer((request, response) => {
    request.resume()
    asked.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization })
    const { status = 200, headers = {}, body = '' } = answer(request, new URL(request.url ?? '', origin()))
    response.writeHead(status, headers).end(body)
  })
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { origin: origin(), asked }
}

function open(origin: string, login = true) {
  const image = parseImage(`${new URL(origin).host}/acme/api`)
  if ('wrong' in image) throw new Error(image.wrong)
  return openRegistry(image, {
    credentials: login ? { username: 'ada', password: 'hunter22' } : undefined,
    writes: true,
    signal: AbortSignal.timeout(20_000),
    onRetry: () => {},
    attempts: 2,
  })
}

const index = JSON.stringify({ mediaType: mediaTypes.index, manifests: [] })
const manifest = { digest: digestOf(Buffer.from(index)), mediaType: mediaTypes.index, body: Buffer.from(index) }
const page = (tags: string[], next?: string): Answer => ({
  headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
  body: JSON.stringify({ name: 'acme/api', tags }),
})
const refused = { code: expect.stringMatching(/^registry-/) }

test.for<[string, Answer]>([
  ['a page instead of JSON', { body: '<html>Sign in to the Wi-Fi</html>' }],
  ['JSON of something else', { body: '[]' }],
  ['nothing', { body: '' }],
])('%s gives a clear error for every request', async ([, answer], context) => {
  const { origin } = await serve(context, () => answer)
  const registry = open(origin)
  const where = { message: expect.stringContaining(new URL(origin).host), code: 'registry-answer' }
  await expect(registry.tags()).rejects.toMatchObject(where)
  await expect(registry.manifest('latest')).rejects.toMatchObject(where)
})

test('a token service that answers with a page, or without a token, gives a clear error', async (context) => {
  let token = '<html>'
  const { origin } = await serve(context, (request, url) =>
    url.pathname === '/token'
      ? { body: token }
      : {
          status: 401,
          headers: { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token",service="x"` },
        },
  )
  await expect(open(origin).tags()).rejects.toMatchObject(refused)
  token = '{}'
  await expect(open(origin).tags()).rejects.toMatchObject(refused)
})

test('a 401 without a challenge gives a clear error, and a failing token service is retried', async (context) => {
  const bare = await serve(context, () => ({ status: 401 }))
  await expect(open(bare.origin).tags()).rejects.toMatchObject({ code: 'registry-login' })
  const down = await serve(context, (request, url) =>
    url.pathname === '/token'
      ? { status: 503 }
      : { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` } },
  )
  await expect(open(down.origin).tags()).rejects.toMatchObject({
    code: 'registry-unreachable',
    message: expect.stringContaining('token service answered 503'),
  })
})

test('a redirect of the token service does not get the password', async (context) => {
  const elsewhere = await serve(context, () => ({ body: '{"token":"theirs"}' }))
  const { origin } = await serve(context, (request, url) => {
    if (url.pathname === '/token') return { status: 302, headers: { location: `${elsewhere.origin}/token` } }
    return request.headers.authorization === 'Bearer theirs'
      ? page(['1'])
      : { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${request.headers.host}/token"` } }
  })
  expect(await open(origin).tags()).toEqual(['1'])
  expect(elsewhere.asked.map(({ authorization }) => authorization)).toEqual([undefined])
})

test('pages of tags are read from the registry alone, under any name it has for itself', async (context) => {
  const { origin, asked } = await serve(context, (_, url) =>
    url.searchParams.has('last')
      ? page(['2'])
      : page(['1'], 'http://registry.internal:5000/v2/acme/api/tags/list?n=1000&last=1'),
  )
  expect(await open(origin).tags()).toEqual(['1', '2'])
  expect(asked).toHaveLength(2)
})

test('pages of tags that link in a circle are an error', async (context) => {
  const circle = await serve(context, () => page(['1'], '/v2/acme/api/tags/list?n=1000'))
  await expect(open(circle.origin).tags()).rejects.toMatchObject({ code: 'registry-answer' })
})

test.for<[string, number, object]>([
  [
    'cannot be overwritten',
    400,
    {
      code: 'TAG_INVALID',
      message: "The image tag '1' already exists and cannot be overwritten because the tag is immutable.",
    },
  ],
  [
    'has enabled immutability',
    400,
    { code: 'DENIED', message: 'cannot update tag 1. The repository has enabled tag immutability' },
  ],
  [
    'is configured as immutable',
    412,
    { code: 'PRECONDITION', message: "Failed to process request due to 'api:1' configured as immutable." },
  ],
  ['is denied as immutable', 403, { code: 'DENIED', message: 'tag is protected by an immutable rule' }],
  ['conflicts', 409, { code: 'TAG_IMMUTABLE', message: 'immutable' }],
])('a tag that %s is reported as immutable', async ([, status, error], context) => {
  const { origin } = await serve(context, () => ({ status, body: JSON.stringify({ errors: [error] }) }))
  await expect(open(origin).put('1', manifest)).rejects.toMatchObject({
    code: 'tag-immutable',
    message: expect.stringMatching(/the tag 1 of .*How to fix/s),
  })
})

test('a digest is computed from the content, whether the registry names one or not', async (context) => {
  const none = await serve(context, () => ({ headers: { 'content-type': mediaTypes.index }, body: index }))
  expect(await open(none.origin, false).manifest('1')).toEqual(manifest)
  const wrong = await serve(context, () => ({
    headers: { 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
    body: index,
  }))
  await expect(open(wrong.origin).manifest('1')).rejects.toMatchObject({ code: 'registry-answer' })
})
