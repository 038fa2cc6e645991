// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { expect, test } from 'vitest'
import { createLab, logOf, outcomesOf } from './rehearsed.ts'

const status = { 'job-status': '${{ job.status }}' }
const printStatus = `console.log(input('job-status'))`

test('nested posts run last first within the composite’s one post, between those of its siblings', async () => {
  const lab = createLab()
  lab.action('leaf', {
    main: `say('STATE', 'id=' + input('id'))`,
    post: `console.log(state('id') + input('id'))`,
    inputs: { id: '' },
  })
  const leaf = (id: string) => ({ id, uses: '$/actions/leaf', with: { id: `${id}\${{ inputs.suffix }}` } })
  lab.composite('inner', {
    inputs: { suffix: { default: '-in' } },
    runs: { using: 'composite', steps: [leaf('a'), leaf('b')] },
  })
  const inner = { id: 'inner', uses: '$/actions/inner' }
  lab.composite('outer', {
    inputs: { suffix: { default: '-out' } },
    runs: { using: 'composite', steps: [leaf('x'), inner, leaf('y')] },
  })
  const job = await lab.job([
    { id: 'first', uses: '$/actions/leaf' },
    { id: 'o', uses: '$/actions/outer' },
  ])
  expect(outcomesOf(job).filter((line) => line.includes('post'))).toEqual([
    'o/y post success',
    'o/inner/b post success',
    'o/inner/a post success',
    'o/inner post success',
    'o/x post success',
    'o post success',
    'first post success',
  ])
  expect(['o/y', 'o/inner/b'].map((path) => logOf(job, path, 'post'))).toEqual(['y-outy-out', 'b-inb-in'])
})

/** A job whose composite has a nested main that fails. */
async function withFailingMain() {
  const lab = createLab()
  lab.action('leaf', { main: printStatus, post: printStatus, inputs: status })
  lab.action('bad', { main: 'process.exit(1)', post: printStatus, inputs: status })
  const steps = [
    { id: 'a', uses: '$/actions/leaf' },
    { id: 'bad', uses: '$/actions/bad' },
    { id: 'skipped', uses: '$/actions/leaf' },
    { id: 'still', uses: '$/actions/leaf', if: 'failure()' },
    { id: 'sh', shell: 'sh', run: 'echo ${{ job.status }} ${{ steps.bad.outcome }}', if: 'always()' },
  ]
  lab.composite('comp', { runs: { using: 'composite', steps } })
  return lab.job([
    { id: 'c', uses: '$/actions/comp' },
    { run: 'true' },
    { run: 'echo ${{ job.status }}', if: 'failure()' },
  ])
}

test('a nested main that fails skips its siblings but those that want a failure', async () => {
  expect(outcomesOf(await withFailingMain())).toEqual([
    'c/a main success',
    'c/bad main failure',
    'c/skipped main skipped',
    'c/still main success',
    'c/sh main success',
    'c main failure',
    'run-2 main skipped',
    'run-3 main success',
    'c/still post success',
    'c/bad post success',
    'c/a post success',
    'c post success',
  ])
})

test('job.status stays until the composite of a failed main ends', async () => {
  const job = await withFailingMain()
  expect([logOf(job, 'c/still'), logOf(job, 'c/sh'), logOf(job, 'run-3')]).toEqual([
    'success',
    'success failure',
    'failure',
  ])
})

test('posts beside a nested main that failed get the true status', async () => {
  const job = await withFailingMain()
  expect(['c/still', 'c/bad', 'c/a'].map((path) => logOf(job, path, 'post'))).toEqual(['failure', 'failure', 'failure'])
})

test('a nested post that fails turns the status only after the whole composite post', async () => {
  const lab = createLab()
  lab.action('leaf', { post: printStatus, inputs: status })
  lab.action('bad', { post: `${printStatus}; process.exit(1)`, inputs: status })
  const steps = [
    { id: 'a', uses: '$/actions/leaf' },
    { id: 'bad', uses: '$/actions/bad' },
  ]
  lab.composite('comp', { runs: { using: 'composite', steps } })
  const job = await lab.job([
    { id: 'before', uses: '$/actions/leaf' },
    { id: 'c', uses: '$/actions/comp' },
  ])
  expect(['c/bad', 'c/a', 'before'].map((path) => logOf(job, path, 'post'))).toEqual(['success', 'success', 'failure'])
  expect(outcomesOf(job)).toContain('c post failure')
})

/** A composite that fails under continue-on-error, and a step that sees its outputs. */
async function withOwnScope() {
  const lab = createLab()
  const steps = [
    {
      id: 's',
      shell: 'bash',
      run: 'echo "v=$OUTER $INNER ${{ inputs.given }} ${{ inputs.open }} $INPUT_GIVEN" >> "$GITHUB_OUTPUT"',
      env: { INNER: 'i' },
    },
    { shell: 'bash', run: 'exit 1' },
  ]
  const inputs = { given: { default: 'd' }, open: { default: '${{ github.repository }}' } }
  lab.composite('comp', {
    inputs,
    outputs: { v: { value: '${{ steps.s.outputs.v }}' } },
    runs: { using: 'composite', steps },
  })
  return lab.job([
    { id: 'c', uses: '$/actions/comp', with: { given: 'g' }, env: { OUTER: 'o' }, 'continue-on-error': true },
    { run: 'echo "${{ steps.c.outputs.v }}|${{ steps.s.outcome }}|$OUTER"' },
  ])
}

test('inputs, outputs and env of a composite are its own', async () => {
  expect(logOf(await withOwnScope(), 'run-2')).toBe('o i g acme/api ||')
})

test('the failure of a composite stays inside under continue-on-error', async () => {
  const job = await withOwnScope()
  expect(outcomesOf(job)).toContain('c/run-2 main failure')
  expect(job.conclusion).toBe('success')
})

test('an action of the workspace is read when it runs, and again for its post', async () => {
  const lab = createLab()
  lab.action('leaf', { main: `console.log('main')`, post: `console.log('post')` })
  lab.composite('comp', { runs: { using: 'composite', steps: [{ id: 'l', uses: './leaf' }] } })
  const copy = 'cp -r "$FROM"/actions/* .'
  const job = await lab.job(
    [{ run: copy }, { id: 'c', uses: './comp' }, { id: 'gone', uses: './leaf' }, { run: `rm -r leaf` }],
    {},
    { env: { FROM: lab.belayRoot } },
  )
  expect(logOf(job, 'c/l')).toBe('main')
  expect(outcomesOf(job).slice(-3)).toEqual(['gone post failure', 'c/l post failure', 'c post failure'])
})

test('a forbidden context in a composite’s expression is refused before anything runs', async () => {
  const lab = createLab()
  lab.composite('comp', { runs: { using: 'composite', steps: [{ shell: 'sh', run: 'echo ${{ secrets.S }}' }] } })
  await expect(lab.job([{ uses: '$/actions/comp' }])).rejects.toThrow(/comp\/action.yml: runs.steps\[0\].run .*secrets/)
})
