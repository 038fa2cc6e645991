import { expect, test } from 'vitest'
import { type BoundedOptions, runBounded } from '../src/bounded.ts'
import { Interrupted } from '../src/failure.ts'

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
  expect(ended).toMatchObject({ status: null, exceeded: 'time' })
})

test('what does not end when it is asked to is killed 3 s later', async () => {
  const began = performance.now()
  const ended = await run(`process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1000)`, {
    timeoutMs: 1000,
  })
  expect(ended).toEqual({ status: null, output: 'no\n', errors: '', exceeded: 'time' })
  expect(performance.now() - began).toBeGreaterThan(3500)
}, 15_000)

test('its children end with it, though they ignore what it is asked to end by', async () => {
  const ended = await run(
    `const { spawn } = require('node:child_process')
     const code = 'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)'
     spawn(process.execPath, ['-e', code], { stdio: 'inherit' })`,
    { timeoutMs: 1500 },
  )
  expect(ended.exceeded).toBe('time')
  const pid = Number(ended.output)
  expect(pid).toBeGreaterThan(1)
  await expect.poll(() => isAlive(pid)).toBe(false)
}, 15_000)

test('a child that left its group does not keep it from ending', async () => {
  const ended = await run(
    `const { spawn } = require('node:child_process')
     const options = { stdio: 'inherit', detached: true }
     const { pid } = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], options)
     console.log(pid)`,
    { timeoutMs: 1500 },
  )
  expect(ended.exceeded).toBe('time')
  process.kill(Number(ended.output), 'SIGKILL')
}, 15_000)

test('it ends with the process that started it', async () => {
  const bounded = import.meta.resolve('../src/bounded.ts')
  const { output } = await run(
    `import(${JSON.stringify(bounded)}).then(({ runBounded }) => {
       const code = 'console.log(process.pid); setInterval(() => {}, 1000)'
       const onText = (text) => { console.log(text); process.exit() }
       void runBounded(process.execPath, ['-e', code], { env: {}, keptCharacters: 10, onText })
     })`,
  )
  const pid = Number(output)
  expect(pid).toBeGreaterThan(1)
  await expect.poll(() => isAlive(pid)).toBe(false)
}, 15_000)

test('a program that prints too much is ended, if its output is needed whole', async () => {
  const ended = await run(`process.stdout.write('12345678901'); setInterval(() => {}, 1000)`, { whole: true })
  expect(ended).toMatchObject({ status: null, exceeded: 'output' })
  const short = await run(`process.stdout.write('1234567890')`, { whole: true })
  expect(short).toEqual({ status: 0, output: '1234567890', errors: '' })
})

test('both streams can be kept as one, and are passed on as they come', async () => {
  const texts: string[] = []
  const ended = await run(`console.log('one'); setTimeout(() => console.error('two'), 200)`, {
    merged: true,
    onText: (text, stream) => void texts.push(`${stream}: ${text.trim()}`),
  })
  expect(ended).toEqual({ status: 0, output: 'one\ntwo\n', errors: '' })
  expect(texts).toEqual(['output: one', 'errors: two'])
})

test('a program gets its input and its folder, and may end before it has read all', async () => {
  const code = `process.chdir('.'); process.stdin.once('data', (d) => { console.log(process.cwd(), d.length > 0); process.exit() })`
  expect(await run(code, { input: 'x'.repeat(1_000_000), cwd: '/', keptCharacters: 100 })).toMatchObject({
    status: 0,
    output: '/ true\n',
  })
})

test('a program whose output is not wanted does not hold it open', async () => {
  const ended = await run(
    `const { spawn } = require('node:child_process')
     spawn('sleep', ['5'], { stdio: 'inherit', detached: true }).unref(); console.log('a')`,
    { keptCharacters: 0, timeoutMs: 4000 },
  )
  expect(ended).toEqual({ status: 0, output: '', errors: '' })
})

test('a signal ends a program, and is reported once it has ended', async () => {
  const stop = new AbortController()
  let pid = 0
  const onText = (text: string) => {
    pid = Number(text)
    stop.abort()
  }
  const running = run('console.log(process.pid); setInterval(() => {}, 1000)', { signal: stop.signal, onText })
  await expect(running).rejects.toBeInstanceOf(Interrupted)
  expect(pid).toBeGreaterThan(1)
  expect(isAlive(pid)).toBe(false)
})

test('no program is started once the signal is aborted', async () => {
  const running = runBounded('no-such-program', [], { env: {}, keptCharacters: 10, signal: AbortSignal.abort() })
  await expect(running).rejects.toBeInstanceOf(Interrupted)
})

test('a program that is not there is an error with its code', async () => {
  const running = runBounded('no-such-program', [], { env: {}, keptCharacters: 10 })
  await expect(running).rejects.toMatchObject({ code: 'ENOENT' })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
