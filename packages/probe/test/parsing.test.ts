import { describe, expect, test } from 'vitest'
import { parseJsonPath, pathTo, textOf, valueAt } from '../src/json-path.ts'
import { printable } from '../src/printable.ts'
import { hasStatus, parseStatusSet } from '../src/status-set.ts'
import { parseProbeUrl } from '../src/url.ts'
import { parseVersionSource } from '../src/version-source.ts'

describe('a set of statuses', () => {
  test.each<[string, number[], number[]]>([
    ['200-299', [200, 204, 299], [199, 300, 503]],
    ['200', [200], [201]],
    ['200-204, 304', [200, 204, 304], [205, 303]],
    ['200 304,503', [200, 304, 503], [301]],
    ['200 - 204', [202], [205]],
  ])('%j', (text, inside, outside) => {
    const { set, invalid } = parseStatusSet(text)
    expect(invalid).toEqual([])
    for (const status of inside) expect(hasStatus(set, status), `${status}`).toBe(true)
    for (const status of outside) expect(hasStatus(set, status), `${status}`).toBe(false)
  })

  test.each<[string, string[]]>([
    ['2xx', ['2xx']],
    ['200, 99, 600', ['99', '600']],
    ['299-200', ['299-200']],
    ['200-', ['200-']],
    ['-200', ['-200']],
    ['ok', ['ok']],
    ['200-299-300', ['200-299-300']],
  ])('%j is refused', (text, wrong) => {
    expect(parseStatusSet(text).invalid).toEqual(wrong)
  })

  test('of nothing is empty', () => {
    expect(parseStatusSet(' , ').set).toEqual([])
  })
})

describe('a JSON path', () => {
  const document = {
    sha: 'abc',
    build: { commit: 'def', 'git.sha': 'ghi', 'x-y': 1 },
    a: { b: [{ c: 'jkl' }, 'mno'] },
    $: 'dollar',
    null: null,
  }
  test.each<[string, unknown]>([
    ['sha', 'abc'],
    ['$.sha', 'abc'],
    ['build.commit', 'def'],
    ['$.build.commit', 'def'],
    ['build.x-y', 1],
    ["build['git.sha']", 'ghi'],
    ['$["build"]["git.sha"]', 'ghi'],
    ['a.b[0].c', 'jkl'],
    ['$.a.b[1]', 'mno'],
    ['a.b[2]', undefined],
    ['a.b.length', undefined],
    ['a.b.0', undefined],
    ['sha.length', undefined],
    ['sha[0]', undefined],
    ['build[0]', undefined],
    ['toString', undefined],
    ['__proto__', undefined],
    ['null', null],
    ['null.x', undefined],
    ['$', 'dollar'],
    ['missing.deep.down', undefined],
  ])('%s leads to %j', (text, value) => {
    expect(valueAt(document, parseJsonPath(text) ?? [])).toEqual(value)
  })

  test.each(['[0].sha'])('%s leads into a list', (text) => {
    expect(valueAt([{ sha: 'abc' }], parseJsonPath(text) ?? [])).toBe('abc')
    expect(valueAt([{ sha: 'abc' }], parseJsonPath(`$${text}`) ?? [])).toBe('abc')
  })

  test.each([
    '',
    '.',
    '.sha',
    'a..b',
    'a.',
    '$.',
    'a[',
    'a[]',
    'a[x]',
    'a[-1]',
    'a[*]',
    'a.*',
    '*',
    'a b',
    '$..sha',
    "a['b]",
    'a]',
  ])('%j is none', (text) => {
    expect(parseJsonPath(text)).toBeUndefined()
  })
})

describe('where the answer holds the version', () => {
  test.each<[string, unknown]>([
    ['sha', { text: 'sha', path: ['sha'] }],
    ['header:X-Version', { text: 'header:X-Version', header: 'x-version' }],
    ['Header: X-Version', { text: 'Header: X-Version', header: 'x-version' }],
    ['header:', undefined],
    ['header:X Version', undefined],
    ['headers', { text: 'headers', path: ['headers'] }],
    ['a..b', undefined],
  ])('%j', (text, source) => {
    expect(parseVersionSource(text)).toEqual(source)
  })
})

describe('a URL to probe', () => {
  test.each<[string, string]>([
    ['https://api.example.com/health', 'https://api.example.com/health'],
    ['HTTP://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['http://[::1]:80/a?b=c#d', 'http://[::1]/a?b=c'],
  ])('%s', (text, href) => {
    expect(parseProbeUrl(text)).toEqual({ url: new URL(href) })
  })

  test.each<[string, string]>([
    ['api.example.com/health', 'does not start with'],
    ['ftp://example.com', 'does not start with'],
    ['https://', 'is not a URL'],
    ['http://a:99999/', 'is not a URL'],
    ['https://a https://b', 'has a space'],
    ['https://user:pass@example.com/', 'holds a login'],
    ['https://token@example.com/', 'holds a login'],
    ['http://example.com:0/', 'has the port 0'],
  ])('%s %s', (text, wrong) => {
    expect(parseProbeUrl(text)).toMatchObject({ problem: expect.stringContaining(wrong) })
  })
})

describe('a text from outside, made printable', () => {
  test.each<[string, string]>([
    ['3f2a9c1b', '3f2a9c1b'],
    ['1.0.0-rc+7', '1.0.0-rc+7'],
    ['a\n::error::b', 'a\\x0a:\\:error:\\:b'],
    ['a\r##[add-mask]b', 'a\\x0d#\\#[add-mask]b'],
    [':::x', ':\\:\\:x'],
    ['`code`', "'code'"],
    ['\u001b[31mred', '\\x1b[31mred'],
    ['right\u202eleft', 'right\\u202eleft'],
    ['twelve letters', 'twelve let…'],
  ])('%j', (text, safe) => {
    expect(printable(text, text === 'twelve letters' ? 10 : 100)).toBe(safe)
    expect(printable(text, 100)).not.toMatch(/::|##\[|[\r\n]/)
  })
})

describe('the path to a value', () => {
  test.each([
    [{ sha: 'abc' }, 'sha'],
    [{ other: null, build: { 'git.commit': [1, { '*': 'abc' }] } }, "build['git.commit'][1]['*']"],
    [['x', 'abc'], '$[1]'],
    [{ "it's": 'abc' }, '$["it\'s"]'],
  ])('of %j is %s, and leads back to the value', (document, text) => {
    const path = pathTo('abc', document)
    expect(path && textOf(path)).toBe(text)
    expect(valueAt(document, parseJsonPath(text) ?? [])).toBe('abc')
  })

  test('is the shortest, and there is none without the value, for the whole, and in the depth of a hostile document', () => {
    expect(pathTo('abc', { a: { b: { c: 'abc' } }, d: 'abc' })).toEqual(['d'])
    expect(pathTo('abc', { a: 'abcd', n: 1 })).toBeUndefined()
    expect(pathTo('abc', 'abc')).toBeUndefined()
    const deep = JSON.parse(`${'['.repeat(30_000)}"abc"${']'.repeat(30_000)}`)
    expect(pathTo('abc', deep)).toBeUndefined()
  })
})
