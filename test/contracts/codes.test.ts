import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codesOf } from './codes.ts'
import { root } from './manifests.ts'

test('docs/troubleshooting.md has every failure code of the source and no other', () => {
  const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8')
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed.length).toBe(new Set(listed).size)
  const codes = codesOf()
  expect(codes.length).toBeGreaterThan(80)
  expect(codes.filter(({ code }) => !listed.includes(code)).map(({ code, where }) => `${code} ${where}`)).toEqual([])
  const known = new Set(codes.map(({ code }) => code))
  const unknown = listed.filter((code) => !known.has(code ?? ''))
  // In a host script a code is found as `missing CODE`, `doubt CODE`, `refuse CODE` or `code=CODE`.
  expect(unknown, 'rows of troubleshooting whose code no source names').toEqual([])
}, 240_000)
