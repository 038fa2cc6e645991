import { describe, expect, test } from 'vitest'
import { readAnswer } from '../src/answer.ts'
import type { Connection } from '../src/connection.ts'
import { encode, releaseState, switchState } from '../src/encode.ts'
import { composeHostScript, sharedScript } from '../src/host-script.ts'
import { deployProtocol, sharedCommands, switchProtocol } from '../src/protocol.ts'
import { refusalFailure } from '../src/refusal.ts'
import { runCommand } from '../src/run-command.ts'
import { shellName, spokenName } from '../src/values.ts'

const said = (...lines: string[]) => ({
  all: (word: string) => lines.filter((line) => line.split(' ')[0] === word).map((line) => line.slice(word.length + 1)),
})

describe('a value on its way to a host', () => {
  test('has one name, by one function', () => {
    expect(shellName('checkTimeout')).toBe('check_timeout')
    expect(spokenName('undoFailed')).toBe('undo-failed')
    expect(releaseState({ checkTimeout: 60 })).toBe("unset r_check_timeout\nr_check_timeout='60'\n")
  })

  test('is a list, or words that the host splits again', () => {
    expect(releaseState({ slots: [5006, 5016] })).toContain("r_slots='5006 5016'\n")
    expect(releaseState({ stop: ['stop it', '{slot}'] })).toContain(`r_stop=''\\''stop it'\\'' '\\''{slot}'\\'''\n`)
    expect(switchState({ weights: [] })).toContain("r_weights=''\n")
  })

  test('is not sent where there is none', () => {
    expect(switchState({ driver: 'haproxy', socket: undefined })).toBe("unset r_driver\nr_driver='haproxy'\n")
  })

  test('has several lines only where the protocol says so', () => {
    const { prepare } = deployProtocol.commands
    const values = { base: '/srv/a', id: 'r1', params: '', shared: 'a ../\nb ../' }
    expect(encode('b_', prepare.in, values)).toContain("b_shared='a ../\nb ../'\n")
    expect(() => encode('b_', prepare.in, { ...values, id: 'r1\nr2' })).toThrow(
      'A value for a host (id) has a line break',
    )
  })

  test('that the protocol has not is not sent', () => {
    expect(encode('b_', sharedCommands.hello.in, { base: '/', secret: 'x' })).toBe("unset b_base\nb_base='/'\n")
  })
})

describe('what a host says', () => {
  test('is read by the words and the order of the protocol', () => {
    const line = 'release confirmed yes r1 abc - v1 of today'
    expect(readAnswer(sharedCommands.inspect, said(line)).all('release')).toEqual([
      { state: 'confirmed', exists: true, id: 'r1', sha: 'abc', manifest: '', version: 'v1 of today' },
    ])
  })

  test('has an empty word where two spaces stand together', () => {
    const [release] = readAnswer(sharedCommands.inspect, said('release held no r1  m v1')).all('release')
    expect(release).toMatchObject({ id: 'r1', sha: '', manifest: 'm', version: 'v1' })
  })

  test('is empty, or NaN, where it was not said', () => {
    const { facts, last, all } = readAnswer(sharedCommands.inspect, said('fact free-kib many'))
    expect(facts).toMatchObject({
      user: '',
      exists: false,
      current: '',
      freeKib: Number.NaN,
      noSlot: { code: '', text: '' },
    })
    expect([last('found'), all('tool')]).toEqual([undefined, []])
  })

  test('is a choice only where it is one of its words', () => {
    const states = ['armed', 'dead', 'news'].map((state) =>
      readAnswer(sharedCommands.ask, said(`state ${state}`)).last('state'),
    )
    expect(states).toEqual(['armed', 'dead', ''])
  })

  test('may be other than in another command with the same word', () => {
    const slot = 'slot 5006 100 yes r1 - v1'
    expect(readAnswer(switchProtocol.commands.see, said(slot)).last('slot')).toEqual({
      name: '5006',
      weight: '100',
      listening: true,
      release: 'r1',
      sha: '',
      version: 'v1',
    })
  })
})

test('a refusal has the remedy of its code, of the shared part or of the action', () => {
  const own = { commands: {}, remedies: { 'too-late': 'come earlier.' } }
  const { remedies } = composeHostScript('test', '', own)
  expect(refusalFailure('web1', 'too-late it is five', remedies)).toMatchObject({
    code: 'too-late',
    message: 'web1: it is five\n  How to fix: come earlier.',
  })
  expect(refusalFailure('web1', 'disk-full no room', remedies).remedy).toContain('free space')
})

test('what the protocol has not does not compile', () => {
  const connection = {} as Connection
  const options = { timeoutMs: 1 }
  const never = () => {
    // @ts-expect-error -- a command of an action, by the shared script
    void runCommand(connection, sharedScript, 'prove', { base: '/', id: 'r1' }, options)
    // @ts-expect-error -- a value that is missing
    void runCommand(connection, sharedScript, 'renew', { base: '/', id: 'r1' }, options)
    // @ts-expect-error -- a value of another type
    void runCommand(connection, sharedScript, 'renew', { base: '/', id: 'r1', lease: 'long' }, options)
    // @ts-expect-error -- a value of a state file with another name
    void releaseState({ check_timeout: 60 })
    // @ts-expect-error -- a word that is not said
    void readAnswer(sharedCommands.ask, said()).last('held')
    // @ts-expect-error -- a code without a remedy
    void composeHostScript('test', '', { commands: {}, remedies: { late: undefined } })
  }
  expect(never).toBeTypeOf('function')
})
