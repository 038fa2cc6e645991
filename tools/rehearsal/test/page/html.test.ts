import { expect, test } from 'vitest'
import { html } from '../../src/page/html.ts'

const text = (value: string) => html`<p title="${value}">${value}</p>`.text

test('a value is only ever text, in an element and in an attribute', () => {
  expect(text(`<b a="1">'&`)).toBe(
    '<p title="&lt;b a=&quot;1&quot;&gt;&#39;&amp;">&lt;b a=&quot;1&quot;&gt;&#39;&amp;</p>',
  )
})

test('what html made stands as it is, also in lists; false and undefined are nothing', () => {
  expect(html`<ul>${['a', '<'].map((one) => html`<li>${one}</li>`)}${false}${undefined}${0}</ul>`.text).toBe(
    '<ul><li>a</li><li>&lt;</li>0</ul>',
  )
})

test.each([
  ['a control character', 'a\u0000b\u0007', 'a[U+0000]b[U+0007]'],
  ['what turns the direction of a text', 'a\u202egnp.exe\u202c', 'a[U+202E]gnp.exe[U+202C]'],
  ['what cannot be seen', 'v1\u200b.0\ufeff', 'v1[U+200B].0[U+FEFF]'],
  ['half of a character', 'a\ud800b', 'a\ufffdb'],
  ['colours of a terminal are left out', '\u001b[31;1mred\u001b[0m', 'red'],
  ['any other escape is not', '\u001b]8;;x', '[U+001B]]8;;x'],
  ['lines and tabs stay', 'a\r\nb\tc\n', 'a\nb\tc\n'],
  ['a carriage return alone', 'a\rb', 'a[U+000D]b'],
  ['letters of all languages and emoji', 'שלום 👩‍💻 é', 'שלום 👩‍💻 é'],
])('%s', (_, from, to) => {
  expect(html`${from}`.text).toBe(to)
})
