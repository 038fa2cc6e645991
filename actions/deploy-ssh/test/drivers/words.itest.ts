import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { script } from '../../src/script.ts'

const src = join(import.meta.dirname, '../../src')
const shared = join(src, '../../../packages/host/src/host')
const read = (file: string) => readFileSync(join(shared, file), 'utf8')
/** The text of every host script but the drivers. */
const scripts = [shared, join(src, 'host')].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sh') && file !== 'driver.sh')
    .map((file) => readFileSync(join(folder, file), 'utf8')),
)
/** A driver's files: services/KIND.sh, and where it has more, services/KIND-PART.sh. */
const services = readdirSync(join(shared, 'services'))
const kinds = services.filter((file) => !file.includes('-')).map((file) => file.replace(/\.sh$/, ''))

/** What a text defines, a name as often as it does. */
const definedIn = (text: string) => [...text.matchAll(/^([a-z_]+)\(\) [{(]/gm)].map(([, name = '']) => name)

/** What driver.sh says of the words, each at the beginning of its line: `stop`, or `enable, disable`. */
const promised = [...read('driver.sh').matchAll(/^# {3}([a-z_]+(?:, [a-z_]+)*)(?: [A-Z]+)? {2,}\S/gm)]
  .flatMap(([, names = '']) => names.split(', '))
  .toSorted()

test('every word that is promised is asked for somewhere, and no other', () => {
  const asked = scripts.flatMap((text) =>
    [...text.replaceAll(/^ *#.*/gm, '').matchAll(/\bdriver ([a-z_]+)/g)].map(([, word = '']) => word),
  )
  expect([...new Set(asked)].toSorted()).toEqual(promised)
})

test('only driver.sh reads the kind', () => {
  // Whether there is a release at all may be asked.
  for (const text of scripts)
    for (const line of text.split('\n'))
      if (!line.startsWith('#')) expect(line.replace('[ -z "${r_restart_kind-}" ]', '')).not.toContain('restart_kind')
})

describe.each(kinds)('%s', (kind) => {
  const isOfKind = (file: string) => file.split(/[-.]/)[0] === kind
  const texts = [
    ...services.filter(isOfKind).map((file) => read(`services/${file}`)),
    // What only a release needs of it.
    ...readdirSync(join(src, 'host'))
      .filter(isOfKind)
      .map((file) => readFileSync(join(src, 'host', file), 'utf8')),
  ]
  const text = texts.join('\n')
  const defined = definedIn(text)

  test('is held to the contract on a real host', () => {
    // Of a service that nothing runs there is nothing to hold.
    if (kind === 'none') return
    const suites = readdirSync(import.meta.dirname).filter((file) => /\.(itest|e2e)\.ts$/.test(file))
    const suiteTexts = suites.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    const held = suiteTexts.filter(
      (text) => text.includes('keepsTheContract(') && text.includes(`restart_kind: '${kind}'`),
    )
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
    const rest = definedIn(texts.reduce((rest, text) => rest.replace(text, ''), script.text))
    expect(defined.filter((name) => rest.includes(name))).toEqual([])
  })
})

test('none has nothing to do, and sees nothing', () => {
  const answers = promised.map((word) => `if driver ${word} x; then echo ${word}; fi`)
  const lines = ['. "$1"', '. "$2"', 'r_restart_kind=none', ...answers].join('\n')
  const files = [join(shared, 'driver.sh'), join(shared, 'services/none.sh')]
  const { stdout, stderr } = spawnSync('dash', ['-c', lines, 'dash', ...files], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const no = ['is_gone', 'is_stopped', 'started_by_boot', 'was_seen']
  expect(stdout.trim().split('\n')).toEqual(promised.filter((word) => !no.includes(word)))
})
