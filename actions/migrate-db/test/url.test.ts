import { describe, expect, test } from 'vitest'
import { type DatabaseUrl, parseDatabaseUrl, secretForms, urlText } from '../src/url.ts'

const odd = `a@b:c/d%e'f"g\\h i?j#k&l=m+n%41`

function parsed(text: string): DatabaseUrl {
  const url = parseDatabaseUrl(text)
  if (typeof url === 'string') throw new Error(url)
  return url
}

describe('a database URL', () => {
  test.each([
    ['encoded', `postgres://deploy:${encodeURIComponent(odd)}@db.example:6000/acme`],
    [
      'as it stands, where one reading is possible',
      `postgresql://deploy:${odd.replace('%41', '')}@db.example:6000/acme`,
    ],
  ])('returns an odd password unchanged, %s', (_how, text) => {
    const url = parsed(text)
    expect(url).toMatchObject({ host: 'db.example', port: 6000, user: 'deploy', database: 'acme' })
    expect(url.password).toBe(text.includes('%40') ? odd : odd.replace('%41', ''))
  })

  test.each([
    ['postgres://u:p@h/d', { host: 'h', port: 5432, user: 'u', password: 'p', database: 'd' }],
    ['postgres://u@[2001:db8::1]:1/d', { host: '2001:db8::1', port: 1, password: '' }],
    ['postgres://u:100%@h/d', { password: '100%' }],
    ['postgres://u:%zz%41@h/d', { password: '%zzA' }],
    ['postgres://u:12/3@h/d', { host: 'h', password: '12/3' }],
    ['postgres:///d?host=/run/postgresql&user=u', { host: '', socketFolder: '/run/postgresql', user: 'u' }],
    ['postgres://u:p@h/my%20db?sslmode=require&password=q', { database: 'my db', password: 'p' }],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toMatchObject(expected)
  })

  test.each([
    ['mysql://u:p@h/d', 'is not a PostgreSQL URL'],
    ['postgres://u:p@/d', 'names no host'],
    ['postgres://h/d', 'names no user'],
    ['postgres://u:p@h', 'names no database'],
    ['postgres://u:p@-oProxyCommand=x/d', 'names no host'],
    ['postgres://u:p@h:99999/d', 'has port 99999'],
    ['postgres://u:p%0Ax@h/d', 'contains a line break'],
  ])('%s %s', (text, wrong) => {
    expect(parseDatabaseUrl(text)).toBe(wrong)
  })

  test('is written so that it reads the same, with the other parameters', () => {
    const url = parsed(`postgres://deploy:${encodeURIComponent(odd)}@db.example/acme?sslmode=prefer&options=-c%20a%3Db`)
    const text = urlText(url, { host: '127.0.0.1', port: 7 }, { sslmode: 'disable' })
    expect(new URL(text).password).not.toContain('@')
    expect(parsed(text)).toMatchObject({ host: '127.0.0.1', port: 7, password: odd, database: 'acme' })
    expect(Object.fromEntries(parsed(text).parameters)).toEqual({ sslmode: 'disable', options: '-c a=b' })
    expect(text).not.toContain('+')
  })

  test('has every form that its password may have in a log', () => {
    const forms = secretForms(parsed(`postgres://u:${encodeURIComponent(`p@'"\\ x`)}@h/d`))
    expect(forms).toEqual(expect.arrayContaining([`p@'"\\ x`, 'p%40%27%22%5C%20x', `p@'\\"\\\\ x`, `p@''"\\ x`]))
    expect(secretForms(parsed('postgres://u@h/d'))).toEqual([])
  })
})
