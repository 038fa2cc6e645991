import { expect, test } from 'vitest'
import { type BoundedOptions, runBounded } from '../src/bounded.ts'

const run = (code: string, options: Partial<BoundedOptions> = {}) =>
  runBounded(process.execPath, ['-e', code], { env: { PATH: process.env.PATH }, keptCharacters: 10, ...options })

test('a program ends with its status and the last of both streams', async () => {
  const ended = await run(
    `console.log('x'.repeat(100_000)); console.log('é last'); console.error('bad'); process.exitCode = 3`,
  )
  expect(ended).toEqual({ status: 3, output: 'xx\né last\n', errors: 'bad\n' })
})

test('a program that reads finds nothing', async () => {
  expect(await run(`process.stdin.on('data', () => {}).on('end', () => console.log('end'))`)).toMatchObject({
    status: 0,
    output: 'end\n',
  })
})

test('a program that takes too long is ended', async () => {
  const ended = await run(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`, {
    timeoutMs: 500,
    killSignal: 'SIGKILL',
  })
  expect(ended.status).toBeNull()
})

test('a signal ends a program at once', async () => {
  const stop = new AbortController()
  const running = run('setInterval(() => {}, 1000)', { signal: stop.signal })
  stop.abort()
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
})

test('a program that is not there is an error with its code', async () => {
  const running = runBounded('no-such-program', [], { env: {}, keptCharacters: 10 })
  await expect(running).rejects.toMatchObject({ code: 'ENOENT' })
})
