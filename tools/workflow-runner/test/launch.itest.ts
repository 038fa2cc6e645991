import { expect, test } from 'vitest'
import type { LaunchedStep } from '../src/index.ts'
import { createLab } from './rehearsed.ts'

test('a command before that of a step becomes it: it has its environment, and a kill reaches it', async () => {
  const lab = createLab()
  lab.action('one', {
    main: `console.log('as ' + process.env.WHO); record({ event: 'armed' }); setInterval(() => {}, 99)`,
  })
  const launched: LaunchedStep[] = []
  const launch = (step: LaunchedStep) => {
    launched.push(step)
    return ['env', `WHO=${step.isAction ? 'action' : 'command'}`]
  }
  const steps = [
    { id: 'two', run: 'echo "as $WHO"' },
    { id: 'one', uses: '$/actions/one' },
  ]
  const { steps: results, workspace } = await lab.job(steps, { launch, faults: { kill: 'j/one' } })
  expect(results.map(({ path, outcome, log }) => [path, outcome, log.split('\n')[0]])).toEqual([
    ['j/two', 'success', 'as command'],
    ['j/one', 'failure', 'as action'],
  ])
  expect(launched[0]).toMatchObject({ path: 'j/two', job: 'j', stage: 'main', isAction: false })
  expect(launched[0]?.cwd).toBe(workspace)
  expect(workspace.startsWith(`${launched[0]?.folder}/`)).toBe(true)
})

test('actions that set up the machine, and caches, are replaced by nothing', async () => {
  const lab = createLab()
  const steps = [
    { id: 'node', uses: 'actions/setup-node@v4', with: { 'node-version': 24, cache: 'npm' } },
    { id: 'cache', uses: 'actions/cache@v4', with: { path: 'x', key: 'y' } },
    { id: 'hit', run: 'echo "hit: ${{ steps.cache.outputs.cache-hit }}"' },
  ]
  const { conclusion, steps: results } = await lab.job(steps)
  expect([conclusion, results.at(-1)?.log]).toEqual(['success', 'hit: false'])
})
