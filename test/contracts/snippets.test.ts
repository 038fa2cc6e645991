import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { grammarErrors, ownAction, root, type Step } from './manifests.ts'
import { type Snippet, snippets, usesBelay, workflowOf } from './snippets.ts'

/** Where the files that pages show are run, on real hosts. */
const runBy: Readonly<Record<string, string>> = {
  'docs/callers/qa.yml': 'tools/rehearsal/test/vps-systemd/callers.e2e.ts',
  'docs/callers/preflight.yml': 'tools/rehearsal/test/vps-systemd/callers.e2e.ts',
  'docs/callers/production.yml': 'tools/rehearsal/test/vps-systemd/callers.e2e.ts',
  'docs/callers/kubernetes.yml': 'actions/release/test/kubernetes.ktest.ts',
  'actions/migrate-db/test/support/job.yml': 'actions/migrate-db/test/job.ktest.ts',
}

/** Pages whose blocks a test of their own runs as they stand there. */
const pagesRun: Readonly<Record<string, string>> = { 'docs/by-hand.md': 'test/incidents/by-hand.e2e.ts' }

/** Blocks that nothing here can run, by page and the first words of the block; each with its reason. */
const notRun: readonly (readonly [page: string, begins: string, why: string])[] = [
  ['actions/blue-green-switch/README.md', 'upstream acme', 'a line of nginx; the tests write their sites alike'],
  ['actions/blue-green-switch/README.md', '# FOLDER/compose.yml', 'part of a file of the reader’s own'],
  ['actions/blue-green-switch/README.md', 'global', 'part of a configuration of HAProxy; the tests write theirs alike'],
  ['actions/blue-green-switch/README.md', '# /etc/systemd', 'a unit; what preflight prints is installed by the tests'],
  ['actions/deploy-ssh/README.md', '/srv/<service>', 'a picture of folders'],
  ['actions/deploy-ssh/README.md', '# /srv/acme/compose', 'part of a file of the reader’s own'],
  ['actions/health-gate/README.md', '[{', 'an output, cut short'],
  ['actions/health-gate/README.md', 'apiVersion', 'a role; a test grants the one that the step prints'],
  ['actions/migrate-db/README.md', '    tool-version', 'one input, whose checksum the reader computes'],
  ['actions/notify-slack/README.md', '↩️', 'a message'],
  ['examples/kubernetes/README.md', '{"time"', 'a line of a log; the example’s own test reads such lines'],
  ['docs/rehearse.md', 'hosts:', 'rehearsal.yml, which a test of the rehearsal reads as it stands there'],
]
const reasonOf = ({ page, text }: Snippet) =>
  notRun.find(([where, begins]) => where === page && text.startsWith(begins))?.[2]

const named = (some: readonly Snippet[]) => some.map((one) => [`${one.page}:${one.line}`, one] as const)

describe('a file that a page shows', () => {
  test.each(named(snippets.filter(({ file }) => file)))('%s is run by a test', (_, { file = '' }) => {
    const path = runBy[file] ?? ''
    expect(existsSync(join(root, path)), file).toBe(true)
    expect(readFileSync(join(root, path), 'utf8')).toContain(file.split('/').at(-1))
  })
})

describe('a workflow on a page', () => {
  test.each(named(snippets.filter(usesBelay)))(
    '%s is what GitHub takes, and gives each action what it asks for',
    async (where, snippet) => {
      const { text, jobs, open } = workflowOf(snippet)
      expect(await grammarErrors('workflow', where, text)).toEqual([])
      for (const { steps = [] } of Object.values(jobs)) {
        for (const step of steps) expect(wrongInputs(step, open), step.uses).toEqual([])
        expect(scriptsWithoutCheckout(steps), 'a script of the repository is there only after a checkout').toEqual([])
      }
    },
  )
})

describe('shell text on a page', () => {
  const shell = snippets.filter(({ language, page }) => language === 'sh' && !(page in pagesRun))
  test.each(named(shell))('%s can be parsed, and names what there is', (_, { text }) => {
    const parsed = spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' })
    expect(parsed.stderr).toBe('')
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script)
    for (const [line] of text.matchAll(/gh workflow run .*/g)) expect(wrongDispatch(line)).toEqual([])
  })
})

test('every untested block of a page has a reason', () => {
  const left = snippets.filter(
    (one) =>
      !one.file &&
      !usesBelay(one) &&
      one.language !== 'sh' &&
      // A drawing, which GitHub renders.
      one.language !== 'mermaid' &&
      !(one.page in pagesRun) &&
      !isJson(one) &&
      !reasonOf(one),
  )
  expect(left.map(({ page, line }) => `${page}:${line}`)).toEqual([])
  for (const [page, begins] of notRun)
    expect(
      snippets.some((one) => one.page === page && one.text.startsWith(begins)),
      `${page}: ${begins}`,
    ).toBe(true)
  for (const [page, path] of Object.entries(pagesRun)) expect(readFileSync(join(root, path), 'utf8')).toContain(page)
})

function isJson({ language, text }: Snippet): boolean {
  if (language !== 'json' || text.includes('…')) return false
  return JSON.parse(text) !== undefined
}

/** `open`: the snippet leaves inputs to its reader. */
function wrongInputs({ uses = '', with: given = {} }: Step, open: boolean): string[] {
  const inputs = ownAction(uses)?.manifest.inputs ?? {}
  if (!ownAction(uses)) return uses.startsWith('belay-actions/') ? [`there is no ${uses}`] : []
  const missing = Object.entries(inputs).filter(([name, { required }]) => required && !open && !(name in given))
  return [
    ...Object.keys(given)
      .filter((name) => !(name in inputs))
      .map((name) => `${name} is not an input`),
    ...missing.map(([name]) => `${name} is required`),
  ]
}

function scriptsWithoutCheckout(steps: readonly (Step & { run?: string })[]): string[] {
  const checkout = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/checkout@'))
  return steps.flatMap(({ run = '' }, index) =>
    /(^|\s)\.\//.test(run) && (checkout < 0 || checkout > index) ? [run] : [],
  )
}

/** What of a `gh workflow run` no example's or caller's workflow takes. */
function wrongDispatch(line: string): string[] {
  const [, file = ''] = /gh workflow run (\S+)/.exec(line) ?? []
  const folders = [
    'docs/callers',
    ...['vps-systemd', 'compose', 'kubernetes'].map((name) => `examples/${name}/.github/workflows`),
  ]
  const paths = folders.map((folder) => join(root, folder, file)).filter((path) => existsSync(path))
  if (paths.length === 0) return [`there is no ${file}`]
  const known = paths.map((path) => parse(readFileSync(path, 'utf8')).on.workflow_dispatch?.inputs ?? {})
  const fields = [...line.matchAll(/(?:--field|-f) ([\w-]+)=/g)].map(([, name = '']) => name)
  return fields.filter((name) => known.some((inputs) => !(name in inputs))).map((name) => `${file} has no ${name}`)
}
