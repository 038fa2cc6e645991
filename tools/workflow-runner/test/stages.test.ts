// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createLab, logOf, outcomesOf } from './rehearsed.ts'

test('posts run in reverse order, with the job’s true outcome as a default of their inputs', async () => {
  const lab = createLab()
  const print = `console.log(input('job-status'))`
  lab.action('one', { main: print, post: print, inputs: { 'job-status': '${{ job.status }}' } })
  lab.action('two', { main: `${print}; process.exit(3)`, post: print, inputs: { 'job-status': '${{ job.status }}' } })
  const job = await lab.job([{ uses: '$/actions/one' }, { uses: '$/actions/two' }, { uses: '$/actions/one' }])
  expect(outcomesOf(job)).toEqual([
    'one main success',
    'two main failure',
    'one-2 main skipped',
    'two post success',
    'one post success',
  ])
  expect(logOf(job, 'two')).toBe('success')
  expect(logOf(job, 'two', 'post')).toBe('failure')
  expect(logOf(job, 'one', 'post')).toBe('failure')
  expect(job.conclusion).toBe('failure')
})

test('a failing post changes the status for the posts after it', async () => {
  const lab = createLab()
  const post = `console.log(input('job-status')); process.exit(input('fails') === 'yes' ? 1 : 0)`
  lab.action('one', { post, inputs: { 'job-status': '${{ job.status }}', fails: 'no' } })
  const job = await lab.job([
    { id: 'a', uses: '$/actions/one' },
    { id: 'b', uses: '$/actions/one', with: { fails: 'yes' } },
    { id: 'c', uses: '$/actions/one' },
  ])
  expect(['c', 'b', 'a'].map((id) => logOf(job, id, 'post'))).toEqual(['success', 'success', 'failure'])
  expect(job.conclusion).toBe('failure')
})

test('with and env are evaluated anew at post, against what later steps left', async () => {
  const lab = createLab()
  const print = `console.log([input('seen'), process.env.LATE, state('begun')].join('|')); say('STATE', 'begun=yes')`
  lab.action('one', { main: print, post: print, inputs: { seen: '' } })
  const job = await lab.job([
    { uses: '$/actions/one', with: { seen: '${{ steps.later.outputs.x }}' }, env: { LATE: '${{ env.FROM_FILE }}' } },
    { id: 'later', run: 'echo x=1 >> "$GITHUB_OUTPUT"; echo FROM_FILE=2 >> "$GITHUB_ENV"' },
  ])
  expect(logOf(job, 'one')).toBe('||')
  expect(logOf(job, 'one', 'post')).toBe('1|2|yes')
})

test('the state that a main wrote before kill -9 reaches its post', async () => {
  const lab = createLab()
  const main = `say('STATE', 'begun=1'); say('OUTPUT', 'o=1'); say('ENV', 'E=1'); record({ event: 'armed' }); setInterval(() => {}, 99)`
  lab.action('one', { main, post: `console.log(state('begun'))` })
  const job = await lab.job([{ id: 'one', uses: '$/actions/one' }], { faults: { kill: 'j/one' } })
  const [dead] = job.steps
  expect(outcomesOf(job)).toEqual(['one main failure', 'one post success'])
  expect(dead).toMatchObject({ end: { code: null, signal: 'SIGKILL' }, outputs: { o: '1' } })
  expect(logOf(job, 'one', 'post')).toBe('1')
  expect(job.env).toEqual({ E: '1' })
})

async function jobWithUnreadableInput() {
  const lab = createLab()
  lab.action('one', { post: '', inputs: { a: '' } })
  lab.action('two', { post: '', postIf: 'success()' })
  return lab.job([{ uses: '$/actions/two' }, { uses: '$/actions/one', with: { a: "${{ fromJSON('{') }}" } }])
}

test('a post runs even if its main could not read its inputs', async () => {
  const outcomes = outcomesOf(await jobWithUnreadableInput())
  expect(outcomes.filter((line) => line.startsWith('one'))).toEqual(['one main failure', 'one post failure'])
})

test('a post whose condition is false does not run', async () => {
  const outcomes = outcomesOf(await jobWithUnreadableInput())
  expect(outcomes.filter((line) => line.startsWith('two'))).toEqual(['two main success', 'two post skipped'])
})

test('continue-on-error keeps the outcome and spares the job, also at post', async () => {
  const lab = createLab()
  lab.action('one', { main: 'process.exit(1)', post: 'process.exit(1)' })
  const job = await lab.job([
    { id: 'a', uses: '$/actions/one', 'continue-on-error': true },
    { run: 'echo ${{ steps.a.outcome }} ${{ steps.a.conclusion }} ${{ job.status }}' },
  ])
  expect(outcomesOf(job)).toEqual(['a main failure>success', 'run-2 main success', 'a post failure>success'])
  expect(logOf(job, 'run-2')).toBe('failure success success')
  expect(job.conclusion).toBe('success')
})

test('job outputs are evaluated after all posts, of which they see GITHUB_ENV, not GITHUB_OUTPUT', async () => {
  const lab = createLab()
  lab.action('one', {
    main: `say('OUTPUT', 'o=main')`,
    post: `say('ENV', 'BELAY_RESULT=done'); say('OUTPUT', 'o=post')`,
  })
  const outputs = {
    result: '${{ env.BELAY_RESULT }}',
    o: '${{ steps.a.outputs.o }}',
    secret: 'x${{ secrets.S }}',
    no: '',
  }
  const job = await lab.job([{ id: 'a', uses: '$/actions/one' }], { secrets: { S: 'hunter2' } }, { outputs })
  expect(job.outputs).toEqual({ result: 'done', o: 'main' })
})

test('secrets and added masks are hidden in log, summary and annotations of the whole job', async () => {
  const lab = createLab()
  const run =
    'echo "::add-mask::abc"; echo "abc ${{ secrets.S }}"; echo "::error title=t::abc"; echo abc >> "$GITHUB_STEP_SUMMARY"'
  const job = await lab.job([{ run }, { run: 'echo abc >&2' }], { secrets: { S: 'hunter2' } })
  expect(logOf(job, 'run-1')).toBe('*** ***\n##[error]***')
  expect(logOf(job, 'run-2')).toBe('***')
  expect(job.steps[0]).toMatchObject({
    summary: '***\n',
    annotations: [{ level: 'error', message: '***', properties: { title: 't' } }],
  })
  expect(JSON.stringify(job.events)).not.toContain('hunter2')
})

test('the environment of a step is the runner’s, not this machine’s', async () => {
  const lab = createLab()
  process.env.BELAY_LEAK = 'leak'
  process.env.BELAY_PASSED = 'passed'
  try {
    const inputs = { 'my input-x': 'd', other: '' }
    lab.action('one', { main: `fs.writeFileSync('env.json', JSON.stringify(process.env))`, inputs })
    const options = {
      passEnv: ['BELAY_PASSED'],
      stepEnv: (path: string) => ({ FOR: path }),
      event: { name: 'push', payload: { a: 1 } },
    }
    const steps = [{ run: 'echo /extra >> "$GITHUB_PATH"' }, { id: 'x', uses: '$/actions/one', env: { B: 'step' } }]
    const job = await lab.job(steps, options, { env: { A: 'job', B: 'job' } })
    const env = JSON.parse(readFileSync(`${job.workspace}/env.json`, 'utf8'))
    expect(env).toMatchObject({
      A: 'job',
      B: 'step',
      FOR: 'j/x',
      BELAY_PASSED: 'passed',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
    })
    expect(env).toMatchObject({ 'INPUT_MY_INPUT-X': 'd', INPUT_OTHER: '', GITHUB_ACTION: 'x', GITHUB_REF_NAME: 'main' })
    expect(env).toMatchObject({
      GITHUB_ACTION_REPOSITORY: 'belay-actions/belay',
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: job.runnerTemp,
    })
    expect(env.PATH).toMatch(/^\/extra:/)
    expect(env.BELAY_LEAK).toBeUndefined()
    expect(JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'))).toMatchObject({ a: 1, after: env.GITHUB_SHA })
  } finally {
    delete process.env.BELAY_LEAK
    delete process.env.BELAY_PASSED
  }
})

test('run: the shells of the runner, and the defaults of the job', async () => {
  const lab = createLab()
  const steps = [
    { run: 'mkdir sub', 'working-directory': '.' },
    { run: 'false | true; pwd' },
    { run: 'false | true', shell: 'bash', 'continue-on-error': true },
    { run: 'false | true; pwd', shell: 'sh', 'working-directory': '.' },
    { run: 'kill -TERM $$', if: 'always()' },
  ]
  const job = await lab.job(steps, {}, { defaults: { run: { 'working-directory': 'sub' } } })
  expect(outcomesOf(job).slice(0, 4)).toEqual([
    'run-1 main success',
    'run-2 main success',
    'run-3 main failure>success',
    'run-4 main success',
  ])
  expect([logOf(job, 'run-2'), logOf(job, 'run-4')]).toEqual([`${job.workspace}/sub`, job.workspace])
  expect(logOf(job, 'run-5')).toContain('Process completed with exit code 143.')
})

test('a step that cannot start says where', async () => {
  const job = await createLab().job([{ run: 'true', 'working-directory': 'nowhere' }])
  expect(logOf(job, 'run-1')).toMatch(/cannot start bash in .*\/nowhere/)
})

test.each([
  ['a broken command file', 'echo broken >> "$GITHUB_OUTPUT"', "Unable to process file command 'output' successfully"],
  ['a command that is disabled', 'echo "::set-env name=a::b"', 'The `set-env` command is disabled'],
])('%s fails the step though its process ended well', async (_, run, message) => {
  const job = await createLab().job([{ run }])
  expect(job.conclusion).toBe('failure')
  expect(logOf(job, 'run-1')).toContain(message)
})

test('a step that takes longer than its minutes fails, and its post has them again in full', async () => {
  const lab = createLab()
  lab.action('one', { main: 'setInterval(() => {}, 99)', post: 'setTimeout(() => {}, 50)' })
  const steps = [
    { uses: '$/actions/one', 'timeout-minutes': 2 },
    { run: 'echo ${{ job.status }}', if: 'failure()' },
  ]
  const job = await lab.job(steps, { timing: { minute: 400 } })
  expect(outcomesOf(job)).toEqual(['one main failure', 'run-2 main success', 'one post success'])
  expect(logOf(job, 'run-2')).toBe('failure')
})
