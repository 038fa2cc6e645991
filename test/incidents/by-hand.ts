import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/fixture.ts'

/** The blocks of docs/by-hand.md by the heading above them, in their order. */
export const blocks: ReadonlyMap<string, readonly string[]> = blocksOf(
  readFileSync(join(root, 'docs/by-hand.md'), 'utf8'),
)

/** The heading of what needs more than one kind of host. */
export const elsewhere = 'With the proxies on other hosts'

/** Each block below these headings, as `HEADING NUMBER`. */
export function keysOf(headings: readonly string[]): string[] {
  return headings.flatMap((heading) => (blocks.get(heading) ?? []).map((_, number) => `${heading} ${number}`))
}

/**
 * A block as the page says to run it: after the first one, with the reader's values, stopping at the first failure.
 * @throws Error if the page has no such block
 */
export function scriptOf(
  heading: string,
  number: number,
  values: Readonly<Record<string, string>>,
): { text: string; user: 'root' | 'deploy' } {
  const block = blocks.get(heading)?.[number]
  if (!block) throw new Error(`the page has no block ${number} below "${heading}"`)
  const first = blocks.get('')?.[0] ?? ''
  const text = `set -eu\n${filled(first, values)}\n${filled(block, values)}`
  return { text, user: block.startsWith('# as root') ? 'root' : 'deploy' }
}

function blocksOf(page: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const section of page.split(/^## /m)) {
    const heading = section.startsWith('# ') ? '' : (section.split('\n')[0] ?? '')
    found.set(
      heading,
      [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text),
    )
  }
  return found
}

/** The block with the reader's own values in the lines that are marked so. */
function filled(block: string, values: Readonly<Record<string, string>>): string {
  return block.replace(/^(\w+)=\S+ +# yours\b/gm, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for ${name}`)
    return `${name}=${value} #`
  })
}
