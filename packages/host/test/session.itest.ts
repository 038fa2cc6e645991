import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicSeconds } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeHostScript, sharedScript } from '../src/host-script.ts'
import { assignments } from '../src/quote.ts'
import { endSession, runInSession, type SessionCommand, type Shell } from '../src/session.ts'

let folder: string
let key: string
let sessions = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-session-'))
  key = `test-${++sessions}`
})
afterEach(() => {
  endSession(key)
  rmSync(folder, { recursive: true })
})

/** A script whose `main` is these words. */
const words = (text: string) => `main() {\n${text}\n}\n`

/** No commands of its own, and no codes. */
const nothing = { commands: {}, remedies: {} }

const shells = { dash: ['dash', '-s'], busybox: ['busybox', 'sh', '-s'], bash: ['bash', '--posix', '-s'] } as const

describe.each(Object.entries(shells))('a session of %s', (_, [program, ...args]) => {
  const shell: Shell = { program, args, env: process.env }

  type Options = Partial<SessionCommand> & { over?: Shell; values?: Record<string, string> }
  async function run(text: string, { over = shell, values = {}, ...command }: Options = {}) {
    const lines: string[] = []
    const onLine = (line: string) => void (line !== '' && lines.push(line))
    const assigned = assignments('b_', values, new Set(['text', 'params']))
    const asked = { script: words(text), command: 'c', assigned, timeoutMs: 20_000, onLine, ...command }
    return { ...(await runInSession(key, over, asked)), lines }
  }
  const pid = async () => (await run('echo $$')).lines[0]

  /** The same shell, with all that it gets kept in a file, a line for each start. */
  const recorded = (): Shell => {
    const quoted = [program, ...args].join(' ')
    return { ...shell, program: 'sh', args: ['-c', `echo start >>"$0/starts"; tee -a "$0/sent" | ${quoted}`, folder] }
  }
  const file = (name: string) => readFileSync(join(folder, name), 'utf8')

  test('runs each command in the same shell', async () => {
    expect(await pid()).toBe(await pid())
  })

  test('gives a command no variable, folder or file that an earlier one had', async () => {
    await run('leak=yes; exec 9>&1; cd /; set -- a b', { values: { secret: 'x' } })
    const { lines } = await run(
      'echo "${leak-none} ${b_secret-none} $# $(pwd)"; (echo open >&9) 2>/dev/null || echo closed',
    )
    expect(lines).toEqual([`none none 0 ${process.cwd()}`, 'closed'])
  })

  test('gives each command its values, whatever is in them', async () => {
    const values = { one: `it's "$HOME" \`id\``, params: 'two\nlines' }
    expect((await run('printf "%s\\n" "$b_one" "$b_params"', { values })).lines).toEqual([values.one, 'two', 'lines'])
  })

  test('gets a script once, and the part that scripts share once', async () => {
    const over = recorded()
    const { text } = composeHostScript('test', words('echo "$b_command"'), nothing)
    const other = `${sharedScript.text}\n${words('echo other')}`
    const call = (script: string) => run('', { script, over, values: { text: script } })
    for (const script of [text, text, sharedScript.text, text, other, sharedScript.text, text]) await call(script)
    expect(file('starts')).toBe('start\n')
    expect(file('sent').split('cmd_hold() {')).toHaveLength(2)
    expect(file('sent').split('echo "$b_command"')).toHaveLength(2)
    expect(file('sent').split('echo other')).toHaveLength(2)
  })

  test('hands a script to its own command as it is', async () => {
    const { text } = composeHostScript('test', words(`printf '%s' "$b_text" >'${folder}/kept'; echo "it's"`), nothing)
    await run('', { script: text, values: { text } })
    expect(file('kept')).toBe(text)
    await run('', { script: text, values: { text: sharedScript.text } })
    expect(file('kept')).toBe(sharedScript.text)
  })

  test('defines for a command the functions of its own script, and no others', async () => {
    const define = (name: string, more = '') =>
      `${sharedScript.text}\n${words(`hook_live; echo "$live"; ${more}`)}hook_live() { live=${name}; }\n`
    const ask = 'command -v only_one >/dev/null && echo leaked'
    const one = `${define('one')}only_one() { :; }\n`
    const two = define('two', ask)
    const shared = `${sharedScript.text}\n${words(`b_base=/nowhere; hook_live; echo "<$live>"; ${ask}`)}`
    for (const script of [one, two, one, shared, two, shared]) {
      const { lines } = await run('', { script })
      expect(lines).toEqual([script === one ? 'one' : script === two ? 'two' : '<>'])
    }
  })

  test('runs a command beside a long one in a shell of its own, which ends with it', async () => {
    const first = await pid()
    const long = run('sleep 1; echo $$')
    const beside = await run('echo $$')
    expect(beside.lines[0]).not.toBe(first)
    expect((await long).lines[0]).toBe(first)
    expect(() => execFileSync('kill', ['-0', String(beside.lines[0])], { stdio: 'ignore' })).toThrow()
    expect(await pid()).toBe(first)
  })

  test('reports lines while the command runs', async () => {
    const seen: number[] = []
    const began = monotonicSeconds()
    await run('', {
      script: words('echo one; sleep 1; echo two'),
      onLine: () => void seen.push(monotonicSeconds() - began),
    })
    expect(seen.filter((at) => at < 0.9)).not.toHaveLength(0)
    expect(seen.filter((at) => at >= 0.9)).not.toHaveLength(0)
  })

  test('reports a status, and what this command said of it', async () => {
    await run('echo earlier >&2')
    expect(await run('echo of this >&2; return 3')).toMatchObject({ status: 3, killed: false })
    const end = await run('set -u; echo "$not_set"')
    expect(end.status).toBeGreaterThan(0)
    expect(end.errors).toMatch(/not_set/)
    expect(end.errors).not.toMatch(/earlier|of this/)
    expect(await run('return 143')).toMatchObject({ status: 143 })
  })

  test('goes on after a command that ended its own shell', async () => {
    expect(await run('exit 0')).toMatchObject({ status: 0 })
    expect((await run('echo here')).lines).toEqual(['here'])
  })

  test('reports 255 for a command that a signal ended, as ssh does', async () => {
    const end = await run('sh -c \'kill -9 "$(cut -d " " -f 4 /proc/$$/stat)"\'; sleep 1')
    expect(end).toMatchObject({ status: 255, killed: false })
  })

  test('is ended by the timeout of a command, and the next one gets a new shell', async () => {
    const first = await pid()
    const began = monotonicSeconds()
    expect(await run('echo before; sleep 30', { timeoutMs: 500 })).toMatchObject({
      status: null,
      killed: true,
      lines: ['before'],
    })
    expect(monotonicSeconds() - began).toBeLessThan(5)
    expect(await pid()).not.toBe(first)
  })

  test('is ended by the abort of a command, which fails at once', async () => {
    const first = await pid()
    const abort = new AbortController()
    const running = run('sleep 30', { signal: abort.signal })
    setTimeout(() => abort.abort(), 200)
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    await expect(run('echo here', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await pid()).not.toBe(first)
  })

  test('that the host ended between two commands is replaced by a new one', async () => {
    const first = await pid()
    execFileSync('kill', ['-9', String(first)])
    // At once, when this process has not seen its end, and once it has.
    const second = await pid()
    expect(second).toMatch(/^\d+$/)
    execFileSync('kill', ['-9', String(second)])
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await pid()).toMatch(/^\d+$/)
  })

  test('that the host ended in a command is not tried again', async () => {
    const end = await run(`echo run >>'${folder}/runs'; kill -9 $$; sleep 1`)
    expect(end).toMatchObject({ killed: false })
    expect(file('runs')).toBe('run\n')
  })

  test('is usable after a value that cannot be sent', async () => {
    await expect(run('echo', { values: { one: 'a\nb' } })).rejects.toMatchObject({ code: 'value-unfit' })
    await run('echo')
    await expect(run('echo other', { values: { one: 'a\nb' } })).rejects.toMatchObject({ code: 'value-unfit' })
    expect((await run('echo other')).lines).toEqual(['other'])
  })

  test('reads the lines of a command that follow output without a line break', async () => {
    await run('printf half')
    expect((await run('echo whole')).lines).toEqual(['whole'])
  })

  test('that loses its first line to a start-up file runs the command', async () => {
    const over = { ...shell, program: 'sh', args: ['-c', `read -r line; exec ${[program, ...args].join(' ')}`] }
    expect((await run('echo here', { over })).lines).toEqual(['here'])
  })

  test('whose input a start-up file swallows ends without a command', async () => {
    const over = { ...shell, program: 'sh', args: ['-c', `cat >/dev/null; exec ${[program, ...args].join(' ')}`] }
    const end = await run('echo here', { over })
    expect(end).toMatchObject({ status: 0, killed: false, lines: [] })
  })

  test('whose login takes long runs the command', async () => {
    const over = { ...shell, program: 'sh', args: ['-c', `sleep 3; exec ${[program, ...args].join(' ')}`] }
    expect((await run('echo here', { over })).lines).toEqual(['here'])
    expect((await run('echo here', { over })).lines).toEqual(['here'])
  })
})

test('a shell that cannot be started fails with the error of the system', async () => {
  const shell = { program: join(folder, 'none'), args: [], env: process.env }
  const command = { script: words('echo'), command: 'c', assigned: '', timeoutMs: 5000, onLine: () => {} }
  await expect(runInSession(key, shell, command)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('an open session keeps no process from its end', () => {
  const session = new URL('../src/session.ts', import.meta.url).href
  writeFileSync(
    join(folder, 'run.ts'),
    `const { runInSession } = await import(${JSON.stringify(session)})
     const command = { script: 'main() { echo $$; }', command: 'c', assigned: '', timeoutMs: 60_000, onLine: (line) => line && console.log(line) }
     await runInSession('k', { program: 'sh', args: ['-s'], env: process.env }, command)\n`,
  )
  const began = monotonicSeconds()
  const printed = execFileSync(process.execPath, [join(folder, 'run.ts')], { encoding: 'utf8', timeout: 20_000 })
  expect(printed.trim()).toMatch(/^\d+$/)
  expect(monotonicSeconds() - began).toBeLessThan(10)
})
