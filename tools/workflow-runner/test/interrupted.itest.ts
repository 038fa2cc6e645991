// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { FaultName, RunController, RunEvent } from '../src/index.ts'
import { createLab, logOf, outcomesOf } from './rehearsed.ts'

const timing = { interrupt: 120, terminate: 120, drain: 200 }
const status = { 'job-status': '${{ job.status }}' }
const printStatus = `console.log(input('job-status'))`
const wait = `record({ event: 'armed' }); setInterval(() => {}, 99)`

/** Acts at the first line of a step's log. */
function atLine(path: string, act: (controller: RunController) => void) {
  return (event: RunEvent, controller: RunController) => {
    if (event.type === 'log' && event.path === path && event.line === 'ready') act(controller)
  }
}

/** A job that is cancelled in its first step, which hears it and ends. */
async function cancelledJob() {
  const lab = createLab()
  const main = `process.on('SIGINT', () => { console.log('interrupted'); process.exit(0) }); ${wait}`
  lab.action('one', { main, post: printStatus, inputs: status })
  return lab.job(
    [
      { id: 'one', uses: '$/actions/one' },
      { run: 'true' },
      { run: 'true', if: 'failure()' },
      { run: 'echo ${{ steps.one.outcome }}', if: 'always()' },
      { run: 'echo yes', if: 'cancelled()' },
    ],
    { faults: { cancel: 'j/one' }, timing },
  )
}

test('a cancel interrupts the step that runs', async () => {
  const job = await cancelledJob()
  expect(logOf(job, 'one')).toBe('interrupted')
  expect(job.conclusion).toBe('cancelled')
})

test('after a cancel only always() and cancelled() steps run, and posts', async () => {
  expect(outcomesOf(await cancelledJob())).toEqual([
    'one main cancelled',
    'run-2 main skipped',
    'run-3 main skipped',
    'run-4 main success',
    'run-5 main success',
    'one post success',
  ])
})

test('steps and posts after a cancel have the status cancelled', async () => {
  const job = await cancelledJob()
  expect([logOf(job, 'run-4'), logOf(job, 'one', 'post')]).toEqual(['cancelled', 'cancelled'])
})

/** A job that is cancelled in a process that hears no signal and has a child. */
async function cancelledDeafJob() {
  const lab = createLab()
  const trap = `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => console.log(s))`
  const child = `require('child_process').spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setTimeout(() => {}, 9999)'], { stdio: 'ignore' })`
  lab.action('one', {
    main: `${trap}; console.log(${child}.pid); ${wait}`,
  })
  let aliveAfter = false
  const job = await lab.job([{ id: 'one', uses: '$/actions/one' }], {
    faults: { cancel: 'j/one' },
    timing,
    onEvent(event) {
      if (event.type === 'step-end' && event.result.stage === 'main')
        aliveAfter = isAlive(Number(event.result.log.split('\n')[0]))
    },
  })
  const pid = job.events.flatMap((e) => (e.type === 'log' && /^\d+$/.test(e.line) ? [Number(e.line)] : []))[0] as number
  return { job, aliveAfter, child: pid }
}

test('a process that ignores SIGINT gets SIGTERM and is then killed', async () => {
  const { job } = await cancelledDeafJob()
  expect(logOf(job, 'one').split('\n').slice(1)).toEqual(['SIGINT', 'SIGTERM'])
  expect(job.steps[0]).toMatchObject({ outcome: 'cancelled', end: { code: null, signal: 'SIGKILL' } })
})

test('children of a cancelled process get no signal, and end with the job as orphans', async () => {
  const { job, aliveAfter, child } = await cancelledDeafJob()
  expect(aliveAfter).toBe(true)
  expect(job.events).toContainEqual({ type: 'orphans', job: 'j', pids: [child] })
  expect(await isGone(child)).toBe(true)
})

test('a step with always() and a running post outlive a cancel, which the posts after it see', async () => {
  const lab = createLab()
  lab.action('one', {
    post: `${printStatus}; console.log('ready'); setTimeout(() => console.log('whole'), 100)`,
    inputs: status,
  })
  const onEvent = atLine('j/b', (controller) => controller.cancel())
  const steps = [
    { id: 'a', uses: '$/actions/one' },
    { id: 'b', uses: '$/actions/one' },
  ]
  const job = await lab.job(steps, { onEvent, timing })
  expect(logOf(job, 'b', 'post')).toBe('success\nready\nwhole')
  expect(logOf(job, 'a', 'post')).toContain('cancelled')
  const main = await lab.job([{ id: 'm', run: 'echo ready; sleep 0.1; echo whole', if: 'always()' }, { run: 'true' }], {
    onEvent: atLine('j/m', (controller) => controller.cancel()),
    timing,
  })
  expect(logOf(main, 'm')).toBe('ready\nwhole')
  expect(outcomesOf(main)).toEqual(['m main success', 'run-2 main skipped'])
})

test('a cancel within a composite interrupts the nested step and skips its siblings, not posts', async () => {
  const lab = createLab()
  lab.action('one', { main: `if (input('wait')) { ${wait} }`, post: printStatus, inputs: { ...status, wait: '' } })
  const steps = [
    { id: 'a', uses: '$/actions/one' },
    { id: 'b', uses: '$/actions/one', with: { wait: 'yes' } },
    { id: 'c', uses: '$/actions/one' },
    { id: 'd', uses: '$/actions/one', if: 'cancelled()' },
  ]
  lab.composite('comp', { runs: { using: 'composite', steps } })
  const job = await lab.job([{ id: 'comp', uses: '$/actions/comp' }], { faults: { cancel: 'j/comp' }, timing })
  expect(outcomesOf(job).slice(0, 5)).toEqual([
    'comp/a main success',
    'comp/b main cancelled',
    'comp/c main skipped',
    'comp/d main success',
    'comp main cancelled',
  ])
  expect(outcomesOf(job).slice(5)).toEqual(['comp/d', 'comp/b', 'comp/a', 'comp'].map((path) => `${path} post success`))
  expect(logOf(job, 'comp/a', 'post')).toBe('cancelled')
})

test('after the grace period nothing runs any more', async () => {
  const lab = createLab()
  lab.action('one', { main: wait, post: `console.log('begun'); setInterval(() => {}, 99)` })
  lab.action('two', { post: `console.log('never')` })
  const steps = [
    { id: 'never', uses: '$/actions/two' },
    { id: 'one', uses: '$/actions/one' },
  ]
  const job = await lab.job(steps, { faults: { cancel: 'j/one' }, timing: { ...timing, grace: 1200 } })
  expect(outcomesOf(job)).toEqual(['never main success', 'one main cancelled', 'one post failure'])
  expect(job.conclusion).toBe('cancelled')
})

test('the job’s timeout-minutes cancels it', async () => {
  const lab = createLab()
  const job = await lab.job([{ run: 'sleep 20' }], { timing: { ...timing, minute: 100 } }, { 'timeout-minutes': 1 })
  expect(outcomesOf(job)).toEqual(['run-1 main cancelled'])
  expect(job.conclusion).toBe('cancelled')
})

test('a child that keeps the output open delays the end of its step only for a while', async () => {
  const lab = createLab()
  const child = `require('child_process').spawn('sleep', ['20'], { stdio: 'inherit', detached: true }).unref()`
  lab.action('one', { main: `console.log('before'); ${child}` })
  const job = await lab.job([{ id: 'one', uses: '$/actions/one' }], { timing })
  expect(job.steps[0]).toMatchObject({ outcome: 'success', log: 'before' })
  expect(job.steps[0]?.ms).toBeGreaterThanOrEqual(timing.drain)
  expect(job.events.some(({ type }) => type === 'orphans')).toBe(true)
})

test('a lost runner: the whole tree dies at once, no post runs, a later job with always() does', async () => {
  const lab = createLab()
  const clean = `{ env: {}, stdio: 'ignore', detached: true }`
  const hidden = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9999)'], ${clean})`
  const detached = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9999)'], { stdio: 'ignore', detached: true })`
  lab.action('one', {
    main: `console.log(${hidden}.pid + ' ' + ${detached}.pid + ' ' + process.pid); ${wait}`,
    post: printStatus,
  })
  const job = {
    steps: [
      { id: 'one', uses: '$/actions/one' },
      { run: 'true', if: 'always()' },
    ],
  }
  const after = { needs: 'j', if: 'always()', steps: [{ run: 'echo ${{ needs.j.result }}' }] }
  const { result } = lab.start({
    workflow: { jobs: { j: job, after, skipped: { needs: 'j', steps: [{ run: 'true' }] } } },
    faults: { loseRunner: 'j/one' },
  })
  const { conclusion, jobs, injected } = await result
  expect({ conclusion, injected }).toEqual({ conclusion: 'lost', injected: ['loseRunner'] })
  expect(jobs.j?.steps.map(({ path, stage, outcome }) => `${path} ${stage} ${outcome}`)).toEqual(['j/one main lost'])
  for (const pid of (jobs.j?.steps[0]?.log ?? '').split(' ').map(Number)) expect(await isGone(pid)).toBe(true)
  expect(jobs.after?.steps[0]?.log).toBe('failure')
  expect(jobs.skipped?.conclusion).toBe('skipped')
})

describe('a step that never armed', () => {
  const withFault = (fault: FaultName) => {
    const lab = createLab()
    lab.action('one', { main: `console.log('worked'); say('OUTPUT', 'o=1')`, post: printStatus, inputs: status })
    return lab.job([{ id: 'one', uses: '$/actions/one' }, { run: 'true' }], { faults: { [fault]: 'j/one' } })
  }

  test('is failed by break after its success', async () => {
    const broken = await withFault('break')
    expect(outcomesOf(broken)).toEqual(['one main failure', 'run-2 main skipped', 'one post success'])
    expect(broken.steps[0]).toMatchObject({ outputs: { o: '1' }, end: { code: 0, signal: null } })
  })

  test('is killed at its end', async () => {
    const killed = await withFault('kill')
    expect(killed.steps[0]).toMatchObject({
      outcome: 'failure',
      end: { code: null, signal: 'SIGKILL' },
      log: expect.stringContaining('worked'),
    })
  })

  test('is cancelled at its end', async () => {
    expect(outcomesOf(await withFault('cancel'))).toEqual([
      'one main cancelled',
      'run-2 main skipped',
      'one post success',
    ])
  })

  test('loses its runner at its end', async () => {
    expect(outcomesOf(await withFault('loseRunner'))).toEqual(['one main lost'])
  })
})

test.each([
  ['cancel', 'cancelled', ['j/one post success']],
  ['kill', 'failure', ['j/one post success']],
  ['loseRunner', 'lost', []],
] as const)('%s before the process has begun takes effect all the same', async (act, outcome, posts) => {
  const lab = createLab()
  lab.action('one', { main: `setTimeout(() => process.exit(0), 5000)`, post: '' })
  const onEvent = (event: RunEvent, controller: RunController) => {
    if (event.type === 'step-start' && event.stage === 'main') controller[act]()
  }
  const job = await lab.job([{ id: 'one', uses: '$/actions/one' }], { onEvent, timing })
  expect(job.steps[0]).toMatchObject({ outcome })
  expect(job.steps.slice(1).map((step) => `${step.path} ${step.stage} ${step.outcome}`)).toEqual(posts)
  expect(job.steps[0]?.ms).toBeLessThan(4000)
})

test('a fault at an unknown step is refused, and the known steps are listed', async () => {
  const lab = createLab()
  const job = lab.job([{ id: 'one', run: 'true' }], { faults: { kill: 'j/on' } })
  await expect(job).rejects.toThrow('kill: there is no step j/on. The steps are: j/one')
})

test('an error of the user’s onEvent ends the run and is thrown', async () => {
  const lab = createLab()
  const onEvent = atLine('j/one', () => {
    throw new Error('mine')
  })
  const later = { run: `touch ${lab.root}/ran`, if: 'always()' }
  const jobs = {
    j: { steps: [{ id: 'one', run: 'echo ready; sleep 20' }, later] },
    k: { if: 'always()', steps: [later] },
  }
  await expect(lab.start({ workflow: { jobs }, onEvent }).result).rejects.toThrow('mine')
  expect(existsSync(`${lab.root}/ran`)).toBe(false)
})

/** A zombie is dead too. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await sleep(10)
  return !isAlive(pid)
}
