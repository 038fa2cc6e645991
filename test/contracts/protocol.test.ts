import { describe, expect, test } from 'vitest'
import {
  declared,
  differences,
  hostScripts,
  type Kind,
  kinds,
  type Names,
  readScripts,
  type Script,
  shared,
} from './host-protocol.ts'

const scripts = hostScripts()
const read = readScripts(scripts)
const protocol = declared()

test('host scripts and protocol.ts have the same names', () => {
  expect(differences(read, protocol)).toEqual([])
})

test('every part of the host script and every kind of name is compared', () => {
  expect(new Set(scripts.map(({ part }) => part))).toEqual(new Set(protocol.keys()))
  for (const kind of kinds)
    expect(
      [...protocol.values()].some((names) => names[kind].size > 0),
      kind,
    ).toBe(true)
})

describe('protocol.ts that differs is found', () => {
  const each = [...protocol].flatMap(([part, names]) =>
    kinds.flatMap((kind) => [...names[kind]].map((name) => ({ part, kind, name }))),
  )
  // What another part has too is known without it. What `main` reads, or a script reads as `${b_x-}`, a command may lack.
  const optional = ['id', 'base', 'protocol', 'params', 'traffic', 'proxies']
  const needed = each.filter(
    ({ part, kind, name }) =>
      ![...protocol].some(([other, names]) => other !== part && names[kind].has(name)) &&
      !(kind === 'value' && optional.includes(name.split(' ')[1] ?? '')),
  )

  test(`each of its ${each.length} names, with another name`, () => {
    const silent = each.filter(({ part, kind, name }) => isSilent(changed(part, kind, name, `${name}x`)))
    expect(silent).toEqual([])
  })

  test(`each of ${needed.length} names that is not in it`, () => {
    const silent = needed.filter(({ part, kind, name }) => isSilent(changed(part, kind, name)))
    expect(
      silent,
      'protocol.ts has these names, and no script says them in the form that the test reads: say "missing NAME …", refuse NAME, say "fact NAME …"',
    ).toEqual([])
  })

  function isSilent(other: ReadonlyMap<string, Names>): boolean {
    const before = differences(read, protocol)
    return differences(read, other).every((difference) => before.includes(difference))
  }

  function changed(part: string, kind: Kind, name: string, other?: string): Map<string, Names> {
    const names = protocol.get(part) as Names
    const set = new Set([...names[kind]].filter((one) => one !== name))
    if (other !== undefined) set.add(other)
    return new Map([...protocol, [part, { ...names, [kind]: set }]])
  }
})

describe('a script that differs is found', () => {
  const added = 'cmd_hello() { :; }'
  test.each<[string, string, string, RegExp | string, string]>([
    ['a command', shared, 'the command greet', 'cmd_hello()', 'cmd_greet()'],
    ['a command of an action', 'deploy-ssh', 'the command pulled', 'cmd_pull()', 'cmd_pulled()'],
    ['a command that is gone', shared, 'protocol.ts has the command hello', added, ''],
    ['a word for people', 'deploy-ssh', 'the command holding', 'host_holds()', 'host_holding()'],
    ['a value', shared, 'the value window', /b_confirm_timeout/g, 'b_window'],
    ['a value that another command has', shared, 'the value ask by', 'cmd_ask() {', 'cmd_ask() {\n  : "$b_by"'],
    ['a value that is not used any more', 'migrate-db', 'has the value backup port', /\$b_port/g, '5432'],
    ['a value of a state file', shared, 'the sent state timeout', /r_check_timeout/g, 'r_timeout'],
    ['a value that the host finds', 'blue-green-switch', 'the found state from_live', /r_from_alive/g, 'r_from_live'],
    ['a word', shared, 'the word kept', 'say "held ', 'say "kept '],
    ['a word that nobody reads', 'deploy-ssh', 'the word news', "say 'phase swap'", "say 'news swap'"],
    ['a fact', 'blue-green-switch', 'the fact warmth', 'fact warm ', 'fact warmth '],
    ['a code', shared, 'the code no-room', /refuse disk-full/g, 'refuse no-room'],
    ['a code in a variable', 'deploy-ssh', 'the code no-slot', 'code=no-idle-slot', 'code=no-slot'],
    ['a code that a function prints', 'deploy-ssh', 'the code no-image', 'printf image-missing', 'printf no-image'],
    ['a finding', 'blue-green-switch', 'the finding not-kept', 'missing not-persistent', 'missing not-kept'],
    ['a phase', 'deploy-ssh', 'the phase linked', 'phase link', 'phase linked'],
    ['a failure', 'blue-green-switch', 'the failure applying', 'failed apply', 'failed applying'],
    ['a state', shared, 'the state done', /undoing \$end/g, 'undoing done'],
  ])('%s of %s: %s', (_, part, difference, from, to) => {
    const said = differences(readScripts(scripts.map(replaced(part, from, to))), protocol)
    expect(said.join('\n')).toContain(difference)
    expect(said.every((line) => /^[a-z-]+: /.test(line))).toBe(true)
  })

  test('a part without a protocol', () => {
    const foreign = { path: 'actions/deploy-ftp/src/ftp.sh', part: 'deploy-ftp', text: 'cmd_send() { :; }\n' }
    expect(differences(readScripts([...scripts, foreign]), protocol)).toEqual([
      'deploy-ftp: has host scripts and no protocol',
    ])
  })

  /** The scripts of a part with another text, which must be in one of them. */
  function replaced(part: string, from: RegExp | string, to: string): (script: Script) => Script {
    const has = (text: string) => text.search(from) >= 0 || (typeof from === 'string' && text.includes(from))
    expect(
      scripts.some((script) => script.part === part && has(script.text)),
      `${from}`,
    ).toBe(true)
    return (script) => (script.part === part ? { ...script, text: script.text.replaceAll(from as string, to) } : script)
  }
})
