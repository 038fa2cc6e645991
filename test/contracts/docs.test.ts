import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { actionReadme, rootReadme, withFiles } from '../../scripts/readme.ts'
import { root } from './manifests.ts'

test('every README says what its action.yml says', () => {
  const checked = spawnSync(process.execPath, [join(root, 'scripts/docs.ts'), '--check'], { encoding: 'utf8' })
  expect(checked.stderr).toBe('')
  expect(checked.status).toBe(0)
})

const readme =
  '# x\n\n<!-- inputs -->\nstale\n<!-- /inputs -->\n\nOutputs\n\n<!-- outputs -->\n<!-- /outputs -->\nend\n'

describe('the tables of an action', () => {
  test('stand between their marks, and the rest stays as it is', () => {
    const manifest = {
      description: 'X.',
      inputs: {
        host: { description: 'Where to.', required: true },
        tries: { description: 'How often.', default: '3' },
      },
      outputs: { result: { description: 'What came of it.' } },
    }
    expect(actionReadme(readme, manifest)).toBe(`# x

<!-- inputs -->
| input | what it is | default |
|---|---|---|
| \`host\` | Where to. | **required** |
| \`tries\` | How often. | \`3\` |
<!-- /inputs -->

Outputs

<!-- outputs -->
| output | what it says |
|---|---|
| \`result\` | What came of it. |
<!-- /outputs -->
end
`)
  })

  test.each([
    ['a | b', 'a \\| b'],
    ['`a | b`', '`a \\| b`'],
    ['one\n  line', 'one line'],
    ['`/srv/<service>` of <you>', '`/srv/<service>` of &lt;you>'],
  ])('%j is written %s', (description, cell) => {
    const text = actionReadme(readme, { description: '', inputs: { x: { description } } })
    expect(text).toContain(`| \`x\` | ${cell} | |\n`)
  })

  test.each([
    ['', ' | |'],
    ['a|b', ' | `a\\|b` |'],
    ['`x`', ' | `` `x` `` |'],
    [false, ' | `false` |'],
  ])('the default %j', (value, cells) => {
    expect(actionReadme(readme, { description: '', inputs: { x: { description: 'X.', default: value } } })).toContain(
      `X.${cells}\n`,
    )
  })

  test('are the same when they are written again', () => {
    const manifest = { description: 'X.', inputs: { x: { description: 'X | Y.' } } }
    const once = actionReadme(readme, manifest)
    expect(actionReadme(once, manifest)).toBe(once)
  })

  test('need their marks', () => {
    expect(() => actionReadme('# x\n<!-- inputs -->\n<!-- /inputs -->\n', { description: '' })).toThrow(
      'has no <!-- outputs -->',
    )
  })
})

describe('a file that a page shows', () => {
  const read = () =>
    'name: X\njobs:\n  build:\n    a: 1\n\n  release: # why\n    uses: o/r@0000000000000000000000000000000000000000\n    b: 2\n'
  const fence = '```'

  test('stands between its marks, whole or by the job, pins of Belay as <sha>', () => {
    const page = (content: string, what: string) => `# x\n<!-- file a.yml${what} -->\n${content}<!-- /file -->\nend\n`
    const job = `${fence}yaml\njobs:\n  release: # why\n    uses: o/r@<sha>\n    b: 2\n${fence}\n`
    expect(withFiles(page('', ' job release'), read)).toBe(page(job, ' job release'))
    expect(withFiles(page('stale\n', ' job build'), read)).toContain('\n  build:\n    a: 1\n')
    const whole = withFiles(page('', ''), read)
    expect(whole).toContain(`${fence}yaml\nname: X\n`)
    expect(withFiles(whole, read)).toBe(whole)
  })

  test('has the job that is asked for', () => {
    expect(() => withFiles('<!-- file a.yml job no -->\n<!-- /file -->', read)).toThrow(
      'shows the job no, but a.yml has no such job',
    )
  })
})

test('the root README names every action and leads to it', () => {
  const text = rootReadme('<!-- actions -->\n<!-- /actions -->\n', [
    { folder: 'actions/health-gate', manifest: { description: 'Decides.' } },
  ])
  expect(text).toContain('| [`health-gate`](actions/health-gate) | Decides. |\n')
})

test('the pictures of the README exist, are described in words, and are small', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const pictures = [...text.matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(([, path = '']) => path)
  expect(pictures.length).toBeGreaterThan(0)
  const missing = pictures.filter((path) => !existsSync(join(root, path)))
  expect(missing, 'npm run pictures makes them').toEqual([])
  const others = globSync('docs/pictures/*', { cwd: root }).filter((path) => !pictures.includes(path))
  expect(others).toEqual([])
  const images = text.match(/<img [^>]+>/g) ?? []
  expect(images.filter((image) => !/\balt="[^"]{40,}"/.test(image))).toEqual([])
  const bytes = pictures.map((path) => statSync(join(root, path)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80_000)
})
