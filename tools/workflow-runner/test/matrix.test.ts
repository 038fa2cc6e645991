// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { expect, test } from 'vitest'
import { stepPaths } from '../src/index.ts'
import { combinationsOf, matrixJobNames } from '../src/matrix.ts'
import { createLab } from './rehearsed.ts'

test.each<[string, Parameters<typeof combinationsOf>[0], string[]]>([
  ['one list', { a: [1, 'x', true] }, ['j (1)', 'j (x)', 'j (true)']],
  ['two: the last one varies fastest', { a: [1, 2], b: [3, 4] }, ['j (1, 3)', 'j (1, 4)', 'j (2, 3)', 'j (2, 4)']],
  ['what is excluded, by a part of it', { a: [1, 2], b: [3, 4], exclude: [{ a: 1 }] }, ['j (2, 3)', 'j (2, 4)']],
  [
    'maps',
    {
      host: [
        { name: 'n', port: 1 },
        { name: 'n', port: 2 },
      ],
    },
    ['j (n, 1)', 'j (n, 2)'],
  ],
  ['only included: the first values are unique', { include: [{ a: 1 }, { a: 2, b: 3 }] }, ['j (1)', 'j (2)']],
  // The example of GitHub's documentation.
  [
    'included into what fits, else beside it',
    {
      fruit: ['apple', 'pear'],
      animal: ['cat', 'dog'],
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    },
    [
      'j (apple, cat, pink, circle)',
      'j (apple, dog, green, circle)',
      'j (pear, cat, pink)',
      'j (pear, dog, green)',
      'j (banana)',
      'j (banana, cat)',
    ],
  ],
])('the combinations of a matrix: %s', (_, matrix, names) => {
  expect(matrixJobNames('j', combinationsOf(matrix))).toEqual(names)
})

test.each([
  ['text', /must be a map/],
  [{ a: 'one' }, /matrix\.a must be a list/],
  [{ a: [1], include: {} }, /matrix\.include must be a list of maps/],
])('%j is no matrix', (matrix, message) => {
  expect(() => combinationsOf(matrix)).toThrow(message)
})

const services = ['acme-api', 'acme-worker', 'acme-web']

test('each matrix job is a job of its own, and `needs` sees all as one', async () => {
  const lab = createLab()
  lab.action('one', {
    inputs: { total: '${{ strategy.job-total }}', service: '${{ matrix.service }}' },
    main: `console.log(input('service'), input('total')); record({ event: 'step-began' }); say('OUTPUT', 'o=' + input('service'))`,
    post: '',
  })
  const steps = [{ id: 'one', uses: '$/actions/inner' }]
  lab.composite('inner', {
    outputs: { o: { value: '${{ steps.one.outputs.o }} ${{ strategy.job-index }} ${{ matrix.service }}' } },
    runs: { using: 'composite', steps: [{ id: 'one', uses: '$/actions/one' }] },
  })
  const release = {
    name: 'Release ${{ matrix.service }}',
    concurrency: 'belay/${{ matrix.service }}',
    strategy: { matrix: { service: services.slice(0, 2) }, 'max-parallel': 1 },
    outputs: { last: '${{ steps.one.outputs.o }}', first: "${{ strategy.job-index == 0 && 'yes' || '' }}" },
    steps,
  }
  const after = { needs: 'release', steps: [{ run: 'echo "${{ toJSON(needs.release) }}"' }] }
  const workflow = { jobs: { release, after } }
  const { result, events } = lab.start({ workflow })
  const { jobs, conclusion } = await result
  expect(conclusion).toBe('success')
  expect(Object.keys(jobs)).toEqual(['release (acme-api)', 'release (acme-worker)', 'release', 'after'])
  const [api, worker] = [jobs['release (acme-api)'], jobs['release (acme-worker)']]
  expect(api?.recorded).toEqual({ name: 'Release acme-api', concurrency: 'belay/acme-api' })
  expect(api?.steps.map(({ path }) => path).slice(0, 2)).toEqual([
    'release (acme-api)/one/one',
    'release (acme-api)/one',
  ])
  expect(api?.steps[0]?.log).toBe('acme-api 2')
  expect(new Set([api?.journalPath, worker?.journalPath]).size).toBe(2)
  expect(worker?.runnerTemp).toMatch(/\/release\.2\/temp$/)
  expect(jobs.release?.outputs).toEqual({ last: 'acme-worker 1 acme-worker', first: 'yes' })
  expect(jobs.after?.steps[0]?.log.replaceAll(/\s/g, '')).toContain('result:success')
  expect(events.filter(({ type }) => type === 'job-start')).toHaveLength(3)
  const { belayRoot, callerRoot, root } = lab
  expect(await stepPaths({ workflow, belayRoot, callerRoot, workDir: root })).toEqual([
    'release (acme-api)/one',
    'release (acme-api)/one/one',
    'release (acme-worker)/one',
    'release (acme-worker)/one/one',
    'after/run-1',
  ])
})

test.each([
  [true, ['success', 'failure', 'cancelled']],
  [false, ['success', 'failure', 'success']],
])('fail-fast: %s', async (failFast, conclusions) => {
  const lab = createLab()
  const strategy = { matrix: { service: services }, 'fail-fast': failFast }
  const steps = [{ id: 'run', run: 'true' }]
  const after = { needs: 'j', if: 'always()', steps: [{ run: 'echo ${{ needs.j.result }}' }] }
  const faults = { break: 'j (acme-worker)/run' }
  const { jobs, injected } = await lab.start({ workflow: { jobs: { j: { strategy, steps }, after } }, faults }).result
  expect(injected).toEqual(['break'])
  expect(services.map((service) => jobs[`j (${service})`]?.conclusion)).toEqual(conclusions)
  expect([jobs.j?.conclusion, jobs.after?.steps[0]?.log]).toEqual(['failure', 'failure'])
})

/** A job that computes the matrix of a called workflow. */
async function withMatrixOf(list: readonly string[]) {
  const lab = createLab()
  const plan = {
    outputs: { list: '${{ steps.s.outputs.list }}' },
    steps: [{ id: 's', run: 'echo "list=$LIST" >> "$GITHUB_OUTPUT"', env: { LIST: '${{ vars.LIST }}' } }],
  }
  lab.write(
    'belay/w.yml',
    JSON.stringify({
      on: { workflow_call: { inputs: { service: { type: 'string' } } } },
      jobs: { in: { 'runs-on': 'x', steps: [{ run: 'echo ${{ inputs.service }} $RUNNER_TEMP' }] } },
    }),
  )
  const strategy = { matrix: { service: '${{ fromJSON(needs.plan.outputs.list) }}' } }
  const j = { needs: 'plan', strategy, uses: '$/w.yml', with: { service: '${{ matrix.service }}' } }
  return lab.start({ workflow: { jobs: { plan, j } }, vars: { LIST: JSON.stringify(list) } }).result
}

test('another job may compute a matrix, also for a called workflow', async () => {
  const { jobs } = await withMatrixOf(services)
  expect(Object.keys(jobs)).toContain('j (acme-web)/in')
  expect(jobs['j (acme-web)/in']?.steps[0]?.log).toMatch(/^acme-web .*\/j\.3\.in\/temp$/)
})

test('a computed matrix that is empty fails its job', async () => {
  const none = await withMatrixOf([])
  expect(none.jobs.j?.conclusion).toBe('failure')
})

test('a cancelled run starts no further matrix job', async () => {
  const lab = createLab()
  const strategy = { matrix: { service: services } }
  const j = { strategy, steps: [{ run: 'echo ready; sleep 5' }] }
  const { jobs, conclusion } = await lab.start({
    workflow: { jobs: { j } },
    timing: { interrupt: 50, terminate: 50, drain: 50 },
    onEvent: (event, controller) => void (event.type === 'log' && event.line === 'ready' && controller.cancel()),
  }).result
  expect(conclusion).toBe('cancelled')
  expect(services.map((service) => jobs[`j (${service})`]?.steps.length)).toEqual([1, 0, 0])
})

test('a lost runner of a matrix job stops neither the others nor later jobs with always()', async () => {
  const lab = createLab()
  lab.action('one', { main: '', post: '' })
  const strategy = { matrix: { service: services }, 'fail-fast': false }
  const j = { strategy, steps: [{ id: 'one', uses: '$/actions/one' }] }
  const aftercare = { needs: 'j', if: 'always()', steps: [{ run: 'echo ${{ needs.j.result }}' }] }
  const { jobs, conclusion } = await lab.start({
    workflow: { jobs: { j, aftercare } },
    faults: { loseRunner: 'j (acme-api)/one' },
  }).result
  expect(conclusion).toBe('lost')
  expect(services.map((service) => jobs[`j (${service})`]?.conclusion)).toEqual(['lost', 'success', 'success'])
  expect(jobs.aftercare?.steps[0]?.log).toBe('failure')
})
