import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Action,
  actions,
  bundled,
  composites,
  grammarErrors,
  type Manifest,
  ownAction,
  root,
  type Step,
} from './manifests.ts'
import { loadAction, outputsSet, readsOf } from './reads.ts'

const title = '$folder'
const expression = (text: string) => `\${{ ${text} }}`
const isExpression = (text: unknown) => String(text).startsWith(expression('').slice(0, 3))
const parameters = ({ inputs = {}, outputs = {} }: Manifest) => [...Object.entries(inputs), ...Object.entries(outputs)]

test('the repository has actions', () => {
  expect(bundled.length).toBeGreaterThan(0)
  expect(composites.length).toBeGreaterThan(0)
})

describe.each(actions)(`the action.yml of ${title}`, (action) => {
  const { manifest, path, text } = action

  test('is accepted by GitHub', async () => {
    // Among others: an expression in a description keeps the action from being loaded at all.
    expect(await grammarErrors('action', path, text)).toEqual([])
  })

  test('names everything in kebab case and describes each in one line', () => {
    for (const [name, { description = '' }] of parameters(manifest)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(description, `${name}: one line of 12 to 242 characters that ends with a full stop`).toMatch(
        /^["`A-Z][^\n]{10,240}\.$/,
      )
    }
    expect(manifest.description).toMatch(/^[A-Z][^\n]{10,240}\.$/)
  })

  test('has text defaults, as the runner passes them', () => {
    for (const [name, input] of Object.entries(manifest.inputs ?? {})) {
      if (input.default !== undefined) expect(typeof input.default, name).toBe('string')
      if (input.required) expect(input.default ?? '', name).toBe('')
    }
  })
})

describe.each(bundled)(`the code of ${title}`, (action) => {
  const { manifest } = action
  const inputs = manifest.inputs ?? {}

  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  })
  afterEach(() => vi.restoreAllMocks())

  test('reads the inputs that action.yml names, and no others', async () => {
    const belay = await loadAction(action)
    const read = [...readsOf(belay).keys()]
    // The kit reads it for every action that has a post.
    if (belay.transaction || belay.end) read.push('job-status')
    // So does it with the variables of the environment, for every part of `release`.
    if ('settings' in inputs) read.push('settings')
    expect([...new Set(read)].sort()).toEqual(Object.keys(inputs).sort())
  })

  test('uses the defaults of action.yml', async () => {
    for (const [name, read] of readsOf(await loadAction(action))) {
      const { default: said = '', description = '' } = inputs[name] ?? {}
      if (isExpression(said)) continue
      if (!read.computed) expect({ name, default: read.default }).toEqual({ name, default: String(said) })
      else {
        // What follows from other inputs cannot stand there as text; then the description says what it is.
        expect({ name, default: said }).toEqual({ name, default: '' })
        expect(description, name).toMatch(/\b[Dd]efault\b/)
      }
    }
  })

  test('requires what action.yml calls required', async () => {
    const required = Object.keys(inputs).filter((name) => inputs[name]?.required)
    const asked = [...readsOf(await loadAction(action))].filter(([, read]) => read.required).map(([name]) => name)
    expect(asked.sort()).toEqual(required.sort())
  })

  test('gets the status of the job, if it takes part in the decision', async () => {
    const { transaction } = await loadAction(action)
    if (transaction) expect(inputs['job-status']?.default).toBe(expression('job.status'))
    else if (inputs['job-status']) expect(inputs['job-status'].default).toBe(expression('job.status'))
  })

  test('sets every output that action.yml names, and no others', () => {
    const { names, unclear } = outputsSet(action)
    expect([...names].sort()).toEqual(Object.keys(manifest.outputs ?? {}).sort())
    expect(unclear).toBe(0)
  })

  test('runs its action in main.ts and does nothing else there', async () => {
    const main = readFileSync(join(root, action.folder, 'src/main.ts'), 'utf8')
    expect(main).toMatch(
      /^import \{ run \} from '@belay\/action-kit'\nimport \{ (\w+) \} from '\.\/action\.ts'\n\nawait run\(\1\)\n$/,
    )
    expect((await loadAction(action)).name).toBe(action.folder.replace('actions/', '').replace('/', '-'))
  })
})

describe.each(composites)(`the composite ${title}`, (action) => {
  const { steps } = action.manifest.runs as { steps: readonly Step[] }

  test('gives every step an id for its outputs and its log', () => {
    expect(steps.map(({ id }) => id)).toEqual([...new Set(steps.map(({ id }) => id))])
    expect(steps.every(({ id }) => id !== undefined)).toBe(true)
  })

  test('takes outputs only from steps that have them', () => {
    expect(outputsNamed(action)).toEqual(outputsNamed(action).filter(({ known }) => known))
  })

  test('uses each of its inputs', () => {
    const body = JSON.stringify(action.manifest.runs)
    const unused = Object.keys(action.manifest.inputs ?? {}).filter(
      (name) => !new RegExp(`inputs\\.${name}\\b(?!-)`).test(body),
    )
    expect(unused).toEqual([])
  })

  test('passes every input that has a variable to its parts', async () => {
    const missing = new Map<string, boolean>()
    for (const { id, uses = '', with: given = {} } of steps) {
      const part = ownAction(uses)
      if (!part || !('settings' in (part.manifest.inputs ?? {}))) continue
      // Only the first one is given all variables of the environment.
      const from = id === 'begin' ? 'inputs.settings' : 'steps.begin.outputs.settings'
      expect(given.settings, id).toBe(expression(from))
      const { variables = {} } = await loadAction(part)
      for (const name of Object.keys(part.manifest.inputs ?? {})) {
        const input = name in variables ? variables[name] : name
        if (input === undefined || kindOf(input) !== 'variable') continue
        // A read-only step needs fewer; otherwise a variable would reach what the workflow cannot.
        const key = `${uses} ${name}`
        missing.set(key, (missing.get(key) ?? true) && !(name in given))
        const own = [expression(`inputs.${input}`), expression(`steps.begin.outputs.${input}`)]
        if (name in given) expect(own, `${id}: ${name}`).toContain(given[name])
      }
    }
    expect([...missing].filter(([, without]) => without).map(([key]) => key)).toEqual([])
  })

  function outputsNamed({ text }: Action) {
    return [...text.matchAll(/steps\.([a-z-]+)\.outputs\.([a-z-]+)/g)].map(([, id = '', output = '']) => {
      const uses = steps.find((step) => step.id === id)?.uses ?? ''
      return { id, output, known: output in (ownAction(uses)?.manifest.outputs ?? {}) }
    })
  }
})
