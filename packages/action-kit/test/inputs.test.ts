import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromEnvironment, type InputReader, readInputs, readReleaseInputs } from '../src/index.ts'

const from = (inputs: Record<string, string>) => (name: string) => inputs[name] ?? ''
const read = <T>(inputs: Record<string, string>, reader: (read: InputReader) => T) => readInputs(reader, from(inputs))

beforeEach(() => {
  // The commands that mask a value go to standard output.
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterEach(() => vi.restoreAllMocks())

test('one error has every issue, each with its input, what is wrong and how to fix it', () => {
  const inputs = { retries: 'many', wait: '5 minutes', mode: 'quick', loud: 'yes', few: '0', long: '3h', odd: 'x' }
  const thrown = () =>
    read(inputs, (read) => {
      read.text('name', { required: 'the name of it' })
      read.lines('hosts', { required: 'a host a line' })
      read.secret('key', { required: 'the key' })
      read.integer('retries', { default: 3, min: 1, max: 9 })
      read.integer('few', { default: 3, min: 1, max: 9 })
      read.seconds('wait', { default: '5m', min: 1, max: 600 })
      read.seconds('long', { default: '5m', min: 1, max: 600 })
      read.choice('mode', { default: 'slow', of: ['slow', 'fast'] })
      read.boolean('loud', { default: false })
      read.issue('odd', 'is "x"', 'Give y.')
    })
  expect(thrown).toThrowError(
    expect.objectContaining({
      code: 'inputs',
      message: [
        '10 inputs are invalid; nothing was changed.',
        '  - name: is missing. Give the name of it.',
        '  - hosts: is missing. Give a host a line.',
        '  - key: is missing. Give the key.',
        '  - retries: is "many", not a whole number. Give 1 to 9; the default is 3.',
        '  - few: is 0. Give 1 to 9.',
        '  - wait: is "5 minutes", not a duration. Give a number with s, m or h: 90s, 10m, 1h.',
        '  - long: is 10800 s. Give 1 to 600 s.',
        '  - mode: is "quick". Give one of: slow, fast.',
        '  - loud: is "yes". Give true or false.',
        '  - odd: is "x". Give y.',
      ].join('\n'),
    }),
  )
})

test('one issue is reported as one', () => {
  expect(() => read({}, (read) => read.text('name', { required: 'it' }))).toThrow(/^One input is invalid/)
})

describe('an empty input counts as not set', () => {
  test.each(['', ' ', '\n'])('%j', (empty) => {
    const inputs = { text: empty, count: empty, wait: empty, mode: empty, on: empty, lines: empty }
    expect(
      read(inputs, (read) => [
        read.text('text', { default: 'as it is' }),
        read.integer('count', { default: 5, min: 1, max: 9 }),
        read.seconds('wait', { default: '10m', min: 1, max: 900 }),
        read.choice('mode', { default: 'slow', of: ['slow', 'fast'] }),
        read.boolean('on', { default: true }),
        read.lines('lines'),
      ]),
    ).toEqual(['as it is', 5, 600, 'slow', true, []])
  })
})

describe('a duration', () => {
  test.each([
    ['90s', 90],
    ['90 s', 90],
    ['10m', 600],
    ['2h', 7200],
    [' 1m ', 60],
    ['0s', 0],
  ])('%s', (text, seconds) => {
    expect(read({ wait: text }, (read) => read.seconds('wait', { default: '1s', min: 0, max: 7200 }))).toBe(seconds)
  })

  test.each(['-5', '1.5m', '10M', 'm', '1m30s', '1e3', '１０', '10 minutes'])('not %s', (text) => {
    expect(() => read({ wait: text }, (read) => read.seconds('wait', { default: '1s', min: 0, max: 7200 }))).toThrow(
      `wait: is "${text}", not a duration`,
    )
  })
})

// Before: CONFIRM_TIMEOUT=10 meant minutes, and was read as seconds without a warning.
test.each(['10', '0', '90'])('a time without a unit is refused: %s', (text) => {
  expect(() => read({ wait: text }, (read) => read.seconds('wait', { default: '1s', min: 0, max: 7200 }))).toThrow(
    `wait: is "${text}", without a unit. Give ${text}s or ${text}m.`,
  )
})

describe('a whole number', () => {
  test.each(['1.5', '1e3', '0x10', 'NaN', '--1', '1,000', '5 hosts'])('not %s', (text) => {
    expect(() => read({ n: text }, (read) => read.integer('n', { default: 1, min: -10, max: 9999 }))).toThrow(
      'not a whole number',
    )
  })

  test('may be negative where it is allowed', () => {
    expect(read({ n: '-3' }, (read) => read.integer('n', { default: 1, min: -5, max: 5 }))).toBe(-3)
  })
})

test('a boolean is read as GitHub writes it, in any case of letters', () => {
  const values = ['true', 'TRUE', 'False', 'false'].map((on) =>
    read({ on }, (read) => read.boolean('on', { default: false })),
  )
  expect(values).toEqual([true, true, false, false])
})

test.each([
  ['are trimmed', ' a \r\n\tc#d\n', ['a', 'c#d']],
  ['that are empty or comments are left out', ' a \r\n\r\n# b\n\tc#d\n', ['a', 'c#d']],
])('lines %s', (_, text, lines) => {
  expect(read({ hosts: text }, (read) => read.lines('hosts'))).toEqual(lines)
})

test('a secret of one line loses the line end that it was copied with, and may hold no other', () => {
  for (const end of ['\n', '\r\n', '\n\n'])
    expect(read({ token: ` se same${end}` }, (read) => read.secret('token'))).toBe(' se same')
  for (const [token, what] of [
    ['one\ntwo', 'a line break'],
    ['one\u0007', 'a control character (U+0007)'],
  ] as const)
    expect(() => read({ token }, (read) => read.secret('token'))).toThrow(
      `token: has ${what}. Give plain text without it.`,
    )
})

test('a secret of several lines is returned unchanged and masked before that, line by line', () => {
  const secret = ' first line\nsecond/line '
  expect(read({ key: secret }, (read) => read.secret('key', { multiline: true }))).toBe(secret)
  const masked = vi
    .mocked(process.stdout.write)
    .mock.calls.map(([text]) => String(text))
    .join('')
  for (const part of ['::add-mask::first line', '::add-mask::second/line', '::add-mask::second%252Fline'])
    expect(masked).toContain(part)
})

test('inputs come from the environment as the runner writes it', () => {
  vi.stubEnv('INPUT_SSH-KEY', 'key')
  vi.stubEnv('INPUT_TWO_WORDS', 'both')
  expect([fromEnvironment('ssh-key'), fromEnvironment('two words'), fromEnvironment('none')]).toEqual([
    'key',
    'both',
    '',
  ])
  vi.unstubAllEnvs()
})

describe('what a release belongs to', () => {
  const env = { GITHUB_REPOSITORY: 'acme/api', GITHUB_SHA: 'ABCDEF0123456789abcdef0123456789ABCDEF01' }
  const sha = env.GITHUB_SHA.toLowerCase()
  const release = (inputs: Record<string, string>, use: NodeJS.ProcessEnv = env) =>
    read(inputs, (read) => readReleaseInputs(read, use))

  test('by default the repository and its commit', () => {
    const place = { service: 'api', environment: 'qa' }
    expect(release({ environment: 'qa' })).toEqual({ ...place, version: sha, runSha: sha, runIsOfVersion: true })
  })

  test.each([
    ['a tag of its name', 'tag', 'v1.5.0', true],
    ['another tag', 'tag', 'v1.4.0', false],
    ['a branch of its name, which may hold any commit', 'branch', 'v1.5.0', false],
  ])('a run that was started from %s', (_, type, name, own) => {
    const started = { ...env, GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name }
    expect(release({ environment: 'qa', version: 'v1.5.0' }, started).runIsOfVersion).toBe(own)
  })

  test('a name that cannot be a part of a path is an issue, both at once', () => {
    expect(() => release({ service: 'a/b', environment: '../qa' })).toThrow(
      /service: is "a\/b"[\s\S]*environment: is "\.\.\/qa"/,
    )
  })

  test('outside a workflow there is no commit', () => {
    expect(() => release({ environment: 'qa', service: 'api' }, {})).toThrow('GITHUB_SHA is ""')
  })
})

describe('variables of the environment', () => {
  const settings = (variables: Record<string, string>) => JSON.stringify(variables)
  const hosts = (inputs: Record<string, string>) =>
    read(inputs, (read) => read.text('hosts', { required: 'the servers' }))

  test.each([
    ['stand for an input that is not given', {}, 'a'],
    ['stand for an input that is empty', { hosts: ' ' }, 'a'],
    ['give way to an input', { hosts: 'b' }, 'b'],
  ])('%s', (_, inputs, expected) => {
    expect(hosts({ ...inputs, settings: settings({ BELAY_HOSTS: 'a' }) })).toBe(expected)
  })

  // Before: an organisation's IMAGE was released, its TARGET refused.
  test('without the prefix they are ignored', () => {
    expect(() => hosts({ settings: settings({ HOSTS: 'a', hosts: 'b' }) })).toThrow('hosts: is missing')
  })

  test('never stand for a secret or for a decision of one run', () => {
    const all = settings({ BELAY_SSH_KEY: 'k', BELAY_VERSION: 'v1', BELAY_UNTIL: 'gate', BELAY_COMMAND: 'rollback' })
    const given = (name: string) => read({ settings: all }, (read) => read.text(name))
    expect(['version', 'until', 'command'].map(given)).toEqual(['', '', ''])
    expect(read({ settings: all }, (read) => read.secret('ssh-key'))).toBe('')
  })

  test('have the name that release has for the input', () => {
    const context = { variables: { deadline: 'gate-deadline', check: undefined } }
    const variables = settings({ BELAY_GATE_DEADLINE: '3m', BELAY_DEADLINE: '1h', BELAY_CHECK: 'x' })
    const read = (name: string) => readInputs((read) => read.text(name), from({ settings: variables }), context)
    expect([read('deadline'), read('check')]).toEqual(['3m', ''])
  })

  test('are named by what is wrong with them', () => {
    const variables = settings({ BELAY_GATE_DEADLINE: '10' })
    expect(() =>
      readInputs(
        (read) => read.seconds('deadline', { default: '2m', min: 1, max: 600 }),
        from({ settings: variables }),
        {
          variables: { deadline: 'gate-deadline' },
        },
      ),
    ).toThrow('- BELAY_GATE_DEADLINE: is "10", without a unit.')
  })

  describe('that mean nothing for one of several services', () => {
    const readStop = (inputs: Record<string, string>, note?: (text: string) => void) =>
      readInputs(
        (read) => {
          read.unneeded('stop', 'is given, and there are no slots', 'Leave it out.')
          read.unneeded('stop', 'is given, and there are no slots', 'Leave it out.')
        },
        from(inputs),
        note ? { note } : {},
      )

    test('are ignored, and named once', () => {
      const notes: string[] = []
      readStop({ settings: settings({ BELAY_STOP: 'command:x' }) }, (text) => notes.push(text))
      expect(notes).toEqual(['The variable BELAY_STOP is ignored: it is given, and there are no slots.'])
    })

    test('are an issue where the input itself was set', () => {
      const inputs = { stop: 'command:y', settings: settings({ BELAY_STOP: 'command:x' }) }
      expect(() => readStop(inputs)).toThrow('- stop: is given, and there are no slots. Leave it out.')
    })
  })

  test('inside of release an input has the name that its users know', () => {
    expect(() =>
      readInputs((read) => read.integer('deadline', { default: 1, min: 1, max: 2 }), from({ deadline: 'x' }), {
        variables: { deadline: 'gate-deadline' },
        releaseTo: 'qa',
      }),
    ).toThrow('- gate-deadline: is "x"')
  })

  test('what is missing can be a variable, of the environment that is named', () => {
    expect(() => hosts({ environment: 'qa', settings: '{}' })).toThrow(
      'hosts: is missing. Set the variable BELAY_HOSTS of environment qa, or the input hosts. Give the servers.',
    )
    expect(() =>
      read({ environment: 'qa', settings: '{}' }, (read) => read.secret('ssh-key', { required: 'a key' })),
    ).toThrow('ssh-key: is missing. Set a secret of environment qa, and pass it to the input ssh-key. Give a key.')
  })

  test.each(['{', '[]', 'null', '"x"'])('that are not the JSON of variables are refused: %s', (text) => {
    expect(() => hosts({ hosts: 'a', settings: text })).toThrow('settings: is not a JSON object of variables')
  })
})
