import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { script } from '../../src/script.ts'

const src = join(import.meta.dirname, '../../src')
const kinds = readdirSync(join(src, 'drivers')).map((file) => file.replace(/\.sh$/, ''))
const read = (file: string) => readFileSync(join(src, file), 'utf8')

/** What a text defines, a name as often as it does. */
const definedIn = (text: string) => [...text.matchAll(/^([a-z_]+)\(\) [{(]/gm)].map(([, name = '']) => name)

/** What driver.sh says of the words, each at the beginning of its line: `stop`, or `enable, disable`. */
const promised = [...read('driver.sh').matchAll(/^# {3}([a-z_]+(?:, [a-z_]+)*)(?: [A-Z]+)? {2,}\S/gm)]
  .flatMap(([, names = '']) => names.split(', '))
  .toSorted()

test('every word that is promised is asked for somewhere, and no other', () => {
  const asked = ['deploy.sh', 'check.sh', 'preflight.sh', 'slots.sh'].flatMap((file) =>
    [
      ...read(file)
        .replaceAll(/^ *#.*/gm, '')
        .matchAll(/\bdriver ([a-z_]+)/g),
    ].map(([, word = '']) => word),
  )
  expect([...new Set(asked)].toSorted()).toEqual(promised)
})

test('which kind it is nobody asks but driver.sh', () => {
  // Whether there is a release at all may be asked.
  for (const file of ['deploy.sh', 'check.sh', 'preflight.sh', 'slots.sh'])
    for (const line of read(file).split('\n'))
      if (!line.startsWith('#')) expect(line.replace('[ -z "${r_restart_kind-}" ]', '')).not.toContain('restart_kind')
})

describe.each(kinds)('%s', (kind) => {
  const text = read(`drivers/${kind}.sh`)
  const defined = definedIn(text)

  test('is held to the contract on a real host', () => {
    // Of a service that nothing runs there is nothing to hold.
    if (kind === 'none') return
    const suites = readdirSync(import.meta.dirname).filter((file) => /\.(itest|e2e)\.ts$/.test(file))
    const texts = suites.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    const held = texts.filter((text) => text.includes('keepsTheContract(') && text.includes(`restart_kind: '${kind}'`))
    expect(held).toHaveLength(1)
  })

  test.each(['deploy-ssh', 'release'])('the input restart of %s names it', (action) => {
    const manifest = readFileSync(join(src, '../..', action, 'action.yml'), 'utf8')
    const [, description = ''] = /^ {2}restart:\n {4}description: (.*)$/m.exec(manifest) ?? []
    expect(description).toMatch(new RegExp(`\`${kind}[:\`]`))
  })

  test('defines each word once', () => {
    for (const word of promised)
      expect([word, defined.filter((name) => name === `${kind}_${word}`)]).toHaveProperty('1.length', 1)
  })

  test('defines nothing besides that it does not use itself', () => {
    const others = defined.filter((name) => !promised.some((word) => name === `${kind}_${word}`))
    // What the runner asks for, by its command.
    for (const name of others.filter((name) => !name.startsWith('cmd_')))
      expect(text.split(new RegExp(`\\b${name}\\b`)).length, name).toBeGreaterThan(2)
  })

  test('takes no name of the rest of the script', () => {
    const rest = definedIn(script.text.replace(text, ''))
    expect(defined.filter((name) => rest.includes(name))).toEqual([])
  })
})

test('none has nothing to do, and sees nothing', () => {
  const answers = promised.map((word) => `if driver ${word} x; then echo ${word}; fi`)
  const lines = ['. "$1"', '. "$2"', 'r_restart_kind=none', ...answers].join('\n')
  const files = [join(src, 'driver.sh'), join(src, 'drivers/none.sh')]
  const { stdout, stderr } = spawnSync('dash', ['-c', lines, 'dash', ...files], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const no = ['booted', 'lost', 'seen', 'stopped']
  expect(stdout.trim().split('\n')).toEqual(promised.filter((word) => !no.includes(word)))
})
