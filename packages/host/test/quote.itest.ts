import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { assignments, quote, quoteWords } from '../src/quote.ts'

const shells = [{ shell: ['dash'] }, { shell: ['bash', '--posix'] }, { shell: ['busybox', 'sh'] }]

const odd = [
  '',
  ' ',
  '  two  spaces  ',
  "it's",
  "'",
  "''",
  "'\\''",
  '"',
  '"double"',
  '\\',
  'ends with \\',
  '\\n is no line end',
  '$HOME',
  '$\u007bHOME:-x}',
  '$(id)',
  '`id`',
  '$((1+1))',
  '!history',
  'a;b&c|d>e<f',
  '*.ts ? [a-z] ~ {a,b}',
  '-n',
  '-e \\t',
  '--',
  '%s %d %%',
  '#comment',
  'NAME=value',
  '\ttab\t',
  'käse ☕ 日本語 👩‍🚀',
  '\u2028\u00a0\ufeff',
  'done; }; esac; fi; EOF',
]

/** What only a value of several lines may have: a script, a list, a record. */
const oddLines = [
  'line\nline',
  '\n',
  'ends with a line end\n\n',
  '\r\n',
  '\t\v\f\b\u0007\u001b[31m\u007f',
  'done\n}\nesac\nfi\nEOF\n',
]

/** Random texts from a fixed seed, so that a failure can be repeated. */
function randomTexts(count: number): string[] {
  const alphabet = [..."'''\"\"\\\\$$``()!;&|<>*?[]{}~#%=- \taZ9éß漢😀"]
  let seed = 20261121
  const next = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: next(40) }, () => alphabet[next(alphabet.length)] as string).join(''),
  )
}

/** Runs a script as a host does, by standard input, and returns the NUL-separated texts that it printed. */
function run([program, ...args]: readonly string[], script: string, env: NodeJS.ProcessEnv = {}): string[] {
  const { stdout, stderr, status } = spawnSync(program as string, [...args, '-s'], {
    input: script,
    env: { PATH: process.env.PATH, ...env },
    timeout: 20_000,
    maxBuffer: 1 << 24,
  })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
  return stdout.toString('utf8').split('\0').slice(0, -1)
}

describe.each(shells)('$shell', ({ shell }) => {
  test('returns every text unchanged', () => {
    const texts = [...odd, ...randomTexts(500)]
    const values = Object.fromEntries(texts.map((text, index) => [`t${index}`, text]))
    const print = texts.map((_, index) => `printf '%s\\0' "$b_t${index}"\n`).join('')
    expect(run(shell, `${assignments('b_', values)}${print}`)).toEqual(texts)
  })

  test('takes 200 kB in one value', () => {
    const large = "it's $HOME ".repeat(20_000)
    expect(run(shell, `${assignments('r_', { large })}printf '%s\\0' "$r_large"\n`)).toEqual([large])
  })

  test('returns a value of several lines, where that is allowed', () => {
    for (const text of [...oddLines, "it's $HOME\n".repeat(20_000)])
      expect(run(shell, `${assignments('b_', { text }, new Set(['text']))}printf '%s\\0' "$b_text"\n`)).toEqual([text])
  })

  test('splits a list of words again as it was joined', () => {
    const list = [...odd, ...randomTexts(200)]
    const script = `${assignments('b_', { list: quoteWords(list) })}eval "set -- $b_list"\nprintf '%s\\0' "$#" "$@"\n`
    expect(run(shell, script)).toEqual([String(list.length), ...list])
  })

  test('a value does not reach the environment of children, also where its name was exported', () => {
    const script = `${assignments('b_', { secret: 'new' })}env -0\nprintf '%s\\0' "$b_secret"\n`
    const printed = run(shell, script, { b_secret: 'old' })
    expect(printed.at(-1)).toBe('new')
    expect(printed.filter((line) => line.startsWith('b_'))).toEqual([])
  })

  test('numbers are written as they are', () => {
    expect(run(shell, `${assignments('b_', { n: 300 })}printf '%s\\0' $((b_n + 1))\n`)).toEqual(['301'])
  })
})

describe('a value that is not one line is refused, with its name', () => {
  test.each(['a\nb', '\n', 'a\r', 'a\0b', '\u001b[31m', '\u007f'])('%j', (text) => {
    expect(() => quote(text)).toThrow(/has a (line break|control character \(U\+00[0-9A-F]{2}\)); nothing was sent/)
    expect(() => quoteWords(['sh', '-c', text])).toThrow('nothing was sent')
    for (const prefix of ['b_', 'r_'] as const)
      expect(() => assignments(prefix, { version: text })).toThrow('A value for a host (version) has')
  })

  test('what has several lines on the way there may not have them in a state file', () => {
    expect(() => assignments('r_', { record: 'a\nb' })).toThrow('a line break')
  })

  test('a NUL byte also where several lines are meant, for no shell could keep it', () => {
    expect(() => assignments('b_', { text: '\0' }, new Set(['text']))).toThrow('NUL')
  })
})
