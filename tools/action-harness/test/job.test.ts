import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type JobOptions, openJob } from '../src/index.ts'

/** A job with a step of two scripts. What they print is what they see. */
function openStep(main: string, post = '', options: JobOptions = {}) {
  const job = openJob(options)
  onTestFinished(job.close)
  const scripts = { main: join(job.folder, 'main.cjs'), post: join(job.folder, 'post.cjs') }
  const write = `const write = (name, text) => require('node:fs').appendFileSync(process.env['GITHUB_' + name], text)\n`
  writeFileSync(scripts.main, write + main)
  writeFileSync(scripts.post, write + post)
  return { job, scripts, step: job.step(scripts) }
}

describe('a stage', () => {
  test('has its inputs, and the variables of the stage, the job and the runner in this order', async () => {
    const shown = ['INPUT_SOME-NAME', 'GITHUB_JOB', 'GITHUB_SHA', 'GITHUB_ACTOR'].map(
      (name) => `process.env['${name}']`,
    )
    const { step } = openStep(`console.log(${shown.join()})`, '', { env: { GITHUB_JOB: 'job', GITHUB_SHA: 'job' } })
    const { log } = await step.main({ 'some-name': 'given' }, { env: { GITHUB_SHA: 'stage' } })
    expect(log).toBe('given job stage ada\n')
  })

  test('has nothing of the environment of the tests but PATH', async () => {
    const { step } = openStep('console.log(process.env.HOME, process.env.VITEST, process.env.PATH)')
    expect((await step.main()).log).toBe(`undefined undefined ${process.env.PATH}\n`)
  })

  test('hands back the last output of a name, and all of them in order', async () => {
    const { step } = openStep(`write('OUTPUT', 'a=1\\nb<<END\\nx\\ny\\nEND\\na=2\\n')`)
    const { outputs, outputHistory } = await step.main()
    expect(outputs).toEqual({ a: '2', b: 'x\ny' })
    expect(outputHistory).toEqual({ a: ['1', '2'], b: ['x\ny'] })
  })

  test('hands back its own summary', async () => {
    const { step } = openStep(`write('STEP_SUMMARY', '# Done\\n')`)
    expect((await step.main()).summary).toBe('# Done\n')
    expect((await step.post()).summary).toBe('')
  })

  test('hands back its annotations as a person sees them', async () => {
    const { step } = openStep(
      `console.log('::error title=A%3A b::one%0A100%25'); console.error('::notice::two'); console.log(' ::error::x')`,
    )
    expect((await step.main()).annotations).toEqual([
      { level: 'error', title: 'A: b', text: 'one\n100%' },
      { level: 'notice', title: '', text: 'two' },
    ])
  })

  test.each([
    ['a status', 'process.exit(3)', 3],
    ['SIGKILL', `process.kill(process.pid, 'SIGKILL')`, 137],
    ['SIGTERM', `process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9999)`, 143],
  ])('that ends by %s says so in its exit', async (_, script, exit) => {
    expect((await openStep(script).step.main()).exit).toBe(exit)
  })

  test('that does not end is killed', async () => {
    const { step } = openStep('setTimeout(() => {}, 99_999)')
    expect((await step.main({}, { timeoutMs: 300 })).exit).toBe(137)
  })

  test('fails where what happens during it fails', async () => {
    const { step } = openStep('')
    const during = () => Promise.reject(new Error('never came'))
    await expect(step.main({}, { during })).rejects.toThrow('never came')
  })

  test('fails where the runner could not read what it wrote', async () => {
    const { step } = openStep(`write('OUTPUT', 'a<<END\\nx\\n')`)
    await expect(step.main()).rejects.toThrow(
      "file command 'output': Invalid value. Matching delimiter not found 'END'",
    )
  })

  test('that was killed while it wrote hands back what is whole', async () => {
    const { step } = openStep(`write('STATE', 'a=1\\nb<<END\\nx\\n'); process.kill(process.pid, 'SIGKILL')`)
    expect(await step.main()).toMatchObject({ exit: 137, state: { a: '1' } })
  })
})

describe('a step', () => {
  test('gives its post the state of its last main, each time', async () => {
    const { step } = openStep(`write('STATE', 'n=' + process.env.INPUT_N + '\\n')`, 'console.log(process.env.STATE_n)')
    await step.main({ n: '1' })
    await step.main({ n: '2' })
    expect([(await step.post()).log, (await step.post()).log]).toEqual(['2\n', '2\n'])
  })

  test('has no state of another step of the same action', async () => {
    const { job, scripts } = openStep(`write('STATE', 'n=1\\n')`, 'console.log(process.env.STATE_n)')
    await job.step(scripts, 'one').main()
    expect((await job.step(scripts, 'two').post()).log).toBe('undefined\n')
    expect((await job.step(scripts, 'one').post()).log).toBe('1\n')
  })
})

describe('a job', () => {
  test('hands on what a stage wrote to GITHUB_ENV, and says what it is by then', async () => {
    const { job, step } = openStep(`write('ENV', 'A=1\\n')`, `console.log(process.env.A); write('ENV', 'B=2\\n')`)
    expect((await step.main()).environment).toEqual({ A: '1' })
    expect(await step.post()).toMatchObject({ log: '1\n', environment: { B: '2' } })
    expect(job.environment()).toEqual({ A: '1', B: '2' })
  })

  test('names what lies beside the journal, and shows every text', async () => {
    const { job, step } = openStep(`write('OUTPUT', 'secret=hunter2\\n')`)
    expect([job.leftovers(), job.journal()]).toEqual([[], []])
    mkdirSync(join(job.temp, 'belay'))
    writeFileSync(join(job.temp, 'belay/journal.jsonl'), '{"step":"a","event":"identified"}\n')
    writeFileSync(join(job.temp, 'belay/key'), 'of a host')
    await step.main()
    expect([job.leftovers(), job.journal()]).toEqual([['key'], [{ step: 'a', event: 'identified' }]])
    expect(job.texts()).toContain('of a host')
    expect(job.texts()).toContain('hunter2')
  })
})
