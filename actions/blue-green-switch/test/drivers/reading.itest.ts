import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporary } from '../support/fixture.ts'

const shared = join(import.meta.dirname, '../../../../packages/host/src/host')
const own = join(import.meta.dirname, '../../src/host')

/** Runs words after a driver's functions; what they print, or why not. */
function run(shell: readonly string[], driver: string, words: string): Promise<string> {
  const [program = '', ...args] = shell
  const files = [
    `${shared}/place.sh`,
    `${shared}/traffic.sh`,
    `${own}/pairs.sh`,
    `${shared}/proxies/${driver}.sh`,
    `${own}/proxies/${driver}-move.sh`,
  ]
  const text = `set -u; ${files.map((file) => `. '${file}'; `).join('')}${words} || printf 'no: %s' "$why"`
  return new Promise((resolve) =>
    execFile(program, [...args, '-c', text], { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve(error ? `failed: ${stderr}` : stdout.trim()),
    ),
  )
}

describe.each([['dash'], ['busybox', 'sh'], ['bash', '--posix']])('in %s %s', (...shell) => {
  const words = shell.filter((word) => word !== undefined)

  test.for([
    ['server 127.0.0.1:506;\n', '506=100 5060=0', 'server 127.0.0.1:5060;\n'],
    ['server 127.0.0.1:506;', '506=100 5060=0', 'server 127.0.0.1:5060;'],
    [
      'server [::1]:506 max_fails=0;\nserver 127.0.0.1:506 ;\n',
      '506=100 5060=0',
      'server [::1]:5060 max_fails=0;\nserver 127.0.0.1:5060 ;\n',
    ],
    ['# Windows\r\n\r\nserver 127.0.0.1:506;\r\n', '506=100 5060=0', '# Windows\r\n\r\nserver 127.0.0.1:5060;\r\n'],
    [
      '\tserver\t127.0.0.1:506\tweight=2; # not :506\n',
      '506=100 5060=0',
      '\tserver\t127.0.0.1:5060\tweight=2; # not :506\n',
    ],
    ['server 127.0.0.1:506;\nserver 127.0.0.1:5060 backup;\n', '506=100 5060=100', undefined],
    ['', '506=0 5060=0', undefined],
    ['server 127.0.0.1:506; server 127.0.0.1:5060;\n', 'no: *more than one server on a line*', undefined],
    ['server 127.0.0.1:506; keepalive 4;\n', 'no: *more than one*', undefined],
    ['server 127.0.0.1:5061;\n', 'no: *none of the slots*', undefined],
    ['server unix:/run/506.sock;\n', 'no: *none of the slots*', undefined],
    ['server localhost;\n', 'no: *none of the slots*', undefined],
    ['server 127.0.0.1:506\n  weight=2;\n', 'no: *no server: weight=2*', undefined],
    ['keepalive 4;\nserver 127.0.0.1:506;\n', 'no: *no server: keepalive*', undefined],
  ] as const)('nginx: %j is read as %s', async ([text, weights, forward], context) => {
    const folder = temporary(context)
    writeFileSync(join(folder, 'active.conf'), text)
    const facts = `r_upstream='${folder}' r_slots='506 5060' r_from=506 r_slot=5060 work='${folder}/path' why=''`
    const said = await run(words, 'nginx', `${facts}; nginx_read && printf '%s' "$weights"`)
    expect(said).toMatch(new RegExp(`^${weights.replaceAll(/[.[\]()]/g, '\\$&').replaceAll('*', '.*')}$`, 's'))
    if (forward === undefined) return
    const moved = await run(words, 'nginx', `${facts}; nginx_prepare && cat '${folder}/.belay-forward'`)
    expect(moved).toBe(forward.trim())
  })

  const places = '10.0.0.1:506 10.0.0.1:5060 [fd00::2]:506 [fd00::2]:5060'
  const placesAre = (one: number, two: number) =>
    `10.0.0.1:506=${one} 10.0.0.1:5060=${100 - one} [fd00::2]:506=${two} [fd00::2]:5060=${100 - two}`
  test.for([
    // Servers of several hosts: each line keeps what else is in it, and a longer address or port is another place.
    [
      'server 10.0.0.1:506 weight=3 max_fails=2;\nserver [fd00::2]:506; # not 10.0.0.1:506;\n',
      placesAre(100, 100),
      'server 10.0.0.1:5060 weight=3 max_fails=2;\nserver [fd00::2]:5060; # not 10.0.0.1:506;\n',
    ],
    // Each server has its own former slot.
    [
      'server 10.0.0.1:506;\nserver [fd00::2]:5060;\n',
      placesAre(100, 0),
      'server 10.0.0.1:5060;\nserver [fd00::2]:506;\n',
    ],
    ['server 10.0.0.11:506;\n', 'no: *sends traffic to 10.0.0.11:506, which is none of the slots*', undefined],
    ['server 10x0.0.1:506;\n', 'no: *sends traffic to 10x0.0.1:506, which is none of the slots*', undefined],
    ['server 10.0.0.3:506;\n', 'no: *sends traffic to 10.0.0.3:506, which is none of the slots*', undefined],
    ['server 10.0.0.1:506;\n', '10.0.0.1:506=100 10.0.0.1:5060=0 [fd00::2]:506=0 [fd00::2]:5060=0', undefined],
  ] as const)('nginx: places %j are read as %s', async ([text, weights, forward], context) => {
    const folder = temporary(context)
    writeFileSync(join(folder, 'active.conf'), text)
    const facts = `r_upstream='${folder}' r_driver=nginx r_slots='${places}' work='${folder}/path' why=''`
    const said = await run(words, 'nginx', `${facts}; nginx_read && printf '%s' "$weights"`)
    expect(said).toMatch(new RegExp(`^${weights.replaceAll(/[.[\]()]/g, '\\$&').replaceAll('*', '.*')}$`, 's'))
    const found = 'nginx_read && slots_with_traffic && find_pairs && r_from=$from r_slot=$slot'
    const moved = `${facts}; ${found} && nginx_prepare && cat '${folder}/.belay-forward'`
    const result = await run(words, 'nginx', moved)
    expect(result).toContain(
      forward?.trim() ?? (weights.startsWith('no:') ? 'none of the slots' : 'names neither [fd00::2]:506'),
    )
  })

  test('nginx: connections to places are counted at their addresses, and names by their port', async () => {
    const pattern = (place: string) => run(words, 'nginx', `nginx_kernel_peer '${place}'`)
    expect(await pattern('10.1.2.255:5006')).toBe('(FF02010A):138E')
    expect(await pattern('[::1]:80')).toBe('(00000000000000000000000001000000):0050')
    expect(await pattern('app1.internal:80')).toBe('([0-9A-F]*):0050')
  })

  test.each([
    [5, '81 81 242 4 4 13'],
    [50, '42 42 127 43 43 128'],
    [100, '0 0 0 1 1 3'],
    [0, '1 1 3 0 0 0'],
  ])('haproxy: at %s %% the shares between servers of the weights 1, 1 and 3 stay', async (percent, weights) => {
    const folder = mkdtempSync(join(tmpdir(), 'bg-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const before = 'a:1=s1/1/ready a:2=s2/0/ready b:1=s3/0/ready b:2=s4/1/ready c:1=s5/3/ready c:2=s6/0/ready'
    writeFileSync(join(folder, 'before'), `${before}\n`)
    const facts = `r_slots='a:1 a:2 b:1 b:2 c:1 c:2' r_from='a:1 b:2 c:1' r_slot='a:2 b:1 c:2' work='${folder}'`
    const each = 'for share in $shares; do printf "%s " "$(haproxy_weight "${share%%=*}" "${share#*=}")"; done'
    expect(await run(words, 'haproxy', `${facts}; shares ${percent}; ${each}`)).toBe(weights)
  })

  test.each([
    [
      'with weight 50',
      'other 127.0.0.1 2 0 50 50',
      /^no: .*sends traffic to server other .*none of the slots 506 5060/,
    ],
    ['that is a backup', 'sorry 127.0.0.1 2 0 50 50', /^well$/],
    ['drained', 'other 127.0.0.1 2 8 50 50', /^well$/],
    ['in maintenance', 'other 127.0.0.1 0 1 50 50', /^well$/],
    ['with weight 0', 'other 127.0.0.1 2 0 0 50', /^well$/],
  ])('haproxy: a third server %s', async (_, third, said) => {
    const line = (id: number, server: string, port: number) =>
      `4 app ${id} ${server} 9 1 0 0 0 0 0 - - ${port} - 0 0 - - 0`
    const state = [
      line(1, 'blue 127.0.0.1 2 0 100 100', 506),
      line(2, 'green 127.0.0.1 2 0 0 0', 5060),
      line(3, third, 7000),
    ].join('\n')
    const columns = (server: string, backup: number) =>
      `app,${server},0,0,0,0,,0,0,0,,0,,0,0,0,0,UP,50,${1 - backup},${backup},0`
    const stat = [columns('blue', 0), columns('other', 0), columns('sorry', 1), columns('green', 0)].join('\n')
    const ask = `haproxy_ask() { case $1 in 'show stat') cat <<STAT\n${stat}\nSTAT\n;; *) cat <<STATE\n1\n# be_id\n${state}\nSTATE\n;; esac; }`
    const facts = `r_backend=app r_slots='506 5060' why=''\n${ask}\n`
    expect(await run(words, 'haproxy', `${facts}haproxy_exclusive && printf well`)).toMatch(said)
    // The same reader serves undo, persist and boot: a server that is added later must not block the undo.
    const read = `${facts}haproxy_read && printf '%s' "$weights"`
    expect(await run(words, 'haproxy', read)).toBe('506=100 5060=0')
    expect(await run(words, 'haproxy', `r_kind=rollback; ${facts}haproxy_exclusive && printf well`)).toBe('well')
  })

  test.each([
    ['127.0.0.1', '0100007F'],
    ['10.1.2.255', 'FF02010A'],
    ['[::1]', '00000000000000000000000001000000'],
    ['[2001:db8::ff00:42:8329]', 'B80D01200000000000FF000029834200'],
    ['[fe80:0:0:0:1:2:3:4]', '000080FE000000000200010004000300'],
    ...['localhost', 'web1.10', '0.0.0.0', '[::]', '127.1', '010.0.0.1', '[::ffff:1.2.3.4]', '[fe80::1%eth0]'].map(
      (name) => [name, 'no: one address'],
    ),
  ])('nginx: the kernel writes the address %s as %s', async (address, written) => {
    expect(await run(words, 'nginx', `why='one address'; nginx_kernel_address '${address}'`)).toBe(written)
  })

  test('nginx: no file at all', async () => {
    expect(await run(words, 'nginx', "r_upstream=/nowhere r_slots='1 2'; nginx_read")).toContain(
      '/nowhere/active.conf is missing or cannot be read',
    )
  })

  const line = (name: string, weight: number, port: number, admin = 0) =>
    lineAt('127.0.0.1 -', name, weight, port, admin)
  /** `at` is the server's address, and its name where the configuration has one. */
  const lineAt = (at: string, name: string, weight: number, port: number, admin = 0) => {
    const [address, dns] = at.split(' ')
    return `3 app 1 ${name} ${address} 2 ${admin} ${weight} 1 9 6 0 7 0 0 0 0 ${dns} ${port} - 0 0 - - 0`
  }
  const elsewhere = [
    ['[fd00::2]:506', lineAt('fd00::2 -', 'a', 3, 506)],
    ['[fd00::2]:5060', lineAt('fd00::2 -', 'b', 0, 5060)],
    ['app3.internal:506', lineAt('10.0.0.3 app3.internal', 'c', 0, 506)],
    ['app3.internal:5060', lineAt('10.0.0.3 app3.internal', 'd', 1, 5060)],
  ] as const
  const [, [, second]] = elsewhere
  test.each([
    [
      'all of them',
      elsewhere.map(([, text]) => text),
      '[fd00::2]:506=3 [fd00::2]:5060=0 app3.internal:506=0 app3.internal:5060=1',
    ],
    [
      'one missing',
      elsewhere.flatMap(([, text]) => (text === second ? [] : [text])),
      'no: backend app has no server at [fd00::2]:5060',
    ],
    [
      'one twice',
      [...elsewhere.map(([, text]) => text), lineAt('fd00::2 -', 'e', 9, 5060)],
      'no: backend app has more than one server with [fd00::2]:5060: one of them would keep its traffic',
    ],
  ])('haproxy: servers of several hosts, %s', async (_, lines, said) => {
    const text = ['1', '# be_id be_name', ...lines, '', ''].join('\n')
    const facts = `r_backend=app r_slots='${elsewhere.map(([place]) => place).join(' ')}' why=''`
    const parse = `{ haproxy_parse && printf '%s' "$weights"; } <<'STATE' || printf 'no: %s' "$why"`
    expect(await run(words, 'haproxy', `${facts}; ${parse}\n${text}STATE\n:`)).toBe(said)
  })

  test.each([
    [[line('a', 100, 506), line('b', 0, 5060)], '506=100 5060=0'],
    [[line('a', 100, 506, 8), line('b', 1, 5060)], '506=0 5060=1'],
    [
      [line('a', 100, 506), line('b', 0, 5060), line('c', 5, 506)],
      'no: backend app has more than one server with port 506.*',
    ],
    [[line('a', 100, 506)], 'no: backend app has no server with port 5060'],
    [[], 'no: backend app has no server with port 506'],
  ])('haproxy: %j is read as %s', async (lines, weights) => {
    const text = ['1', '# be_id be_name', ...lines, '', ''].join('\n')
    const facts = "r_backend=app r_slots='506 5060' why=''"
    const said = await run(
      words,
      'haproxy',
      `${facts}; { haproxy_parse && printf "%s" "$weights"; } <<"STATE" || printf "no: %s" "$why"\n${text}STATE\n:`,
    )
    expect(said).toMatch(new RegExp(`^${weights}$`))
  })
})
