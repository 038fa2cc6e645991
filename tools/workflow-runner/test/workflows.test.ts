// biome-ignore-all lint/style/noExcessiveLinesPerFile: what a workflow may say, from its refusal to its end, with one reader
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { stepPaths, type Workflow, type WorkflowRunOptions } from '../src/index.ts'
import { createLab, type Lab, logOf, outcomesOf } from './rehearsed.ts'

function file(lab: Lab, path: string, jobs: object, on: object = { push: null }): string {
  return lab.write(path, stringify({ name: 'W', on, jobs }))
}

const runsOn = { 'runs-on': 'ubuntu-latest' }

describe('refused before anything runs, naming file, key and what is supported:', () => {
  const steps = [{ run: 'true' }]
  test.each<[string, unknown, RegExp]>([
    [
      'a key of a job',
      { jobs: { j: { steps, container: 'node:24' } } },
      /workflow: jobs\.j\.container is not supported\. Of a job with steps .* needs, if/,
    ],
    [
      'a key of a step',
      { jobs: { j: { steps: [{ run: 'true', background: true }] } } },
      /jobs\.j\.steps\[0\]\.background is not supported\. Of a step with run/,
    ],
    ['`with` beside run', { jobs: { j: { steps: [{ run: 'true', with: {} }] } } }, /steps\[0\]\.with is not supported/],
    [
      'a shell',
      { jobs: { j: { steps: [{ run: 'true', shell: 'pwsh' }] } } },
      /'pwsh' is not supported\. The rehearsal supports: bash, sh/,
    ],
    [
      'a context',
      { jobs: { j: { steps: [{ run: 'echo ${{ services.a }}' }] } } },
      /steps\[0\]\.run is not an expression.*services/,
    ],
    [
      'a half condition',
      { jobs: { j: { steps: [{ run: 'true', if: "${{ github.ref }} == 'x'" }] } } },
      /steps\[0\]\.if .*always true/,
    ],
    [
      'another’s action',
      { jobs: { j: { steps: [{ uses: 'docker/login-action@v3' }] } } },
      /docker\/login-action@v3 is not supported.*actions\/checkout/,
    ],
    [
      'another’s workflow',
      { jobs: { j: { uses: 'o/r/.github/workflows/x.yml@v1' } } },
      /o\/r\/.github.*is not supported/,
    ],
    [
      'an action that is not there',
      { jobs: { j: { steps: [{ uses: '$/actions/none' }] } } },
      /there is no action\.yml in .*actions\/none/,
    ],
    ['a job that is not there', { jobs: { j: { steps, needs: 'k' } } }, /jobs\.j\.needs names k/],
    ['jobs that need each other', { jobs: { j: { steps, needs: 'k' }, k: { steps, needs: 'j' } } }, /j → k → j/],
  ])('%s', async (_, workflow, message) => {
    const lab = createLab()
    const { result, events } = lab.start({ workflow: workflow as Workflow })
    await expect(result).rejects.toThrow(message)
    expect(events).toEqual([])
  })

  test('a file that GitHub would not accept, with the lines of all errors', async () => {
    const lab = createLab()
    const path = file(lab, 'caller/.github/workflows/w.yml', {
      j: { ...runsOn, steps: [{ run: 'a', foo: 1 }, { rn: 'b' }] },
    })
    await expect(lab.start({ workflow: path }).result).rejects.toThrow(/w\.yml \(Line: 9, Col: 9\).*'foo'.*'rn'/s)
  })

  test('an action with another runtime', async () => {
    const lab = createLab()
    lab.composite('old', { runs: { using: 'node20', main: 'x.js' } })
    await expect(lab.job([{ uses: '$/actions/old' }])).rejects.toThrow(
      /'node20' is not supported\. .*node24, composite/,
    )
  })
})

/** Jobs that need each other, one of which fails. */
async function withNeeds() {
  const lab = createLab()
  const say = (text: string) => [{ run: `echo "${text}"` }]
  const { result, events } = lab.start({
    workflow: {
      env: { LEVEL: 'workflow', OF: '${{ vars.V }}' },
      jobs: {
        last: {
          needs: ['bad', 'good'],
          if: 'always()',
          steps: say('${{ needs.bad.result }} ${{ needs.good.outputs.o }} $LEVEL $OF'),
        },
        unlucky: { needs: 'bad', steps: say('never') },
        after: { needs: 'unlucky', if: 'failure()', steps: say('ran') },
        bad: { env: { LEVEL: 'job' }, needs: 'good', steps: [{ run: 'exit 1' }] },
        good: { outputs: { o: '${{ steps.s.outputs.o }}' }, steps: [{ id: 's', run: 'echo o=1 >> "$GITHUB_OUTPUT"' }] },
        off: { if: "github.ref == 'refs/heads/other'", steps: say('never') },
      },
    },
    vars: { V: 'v' },
  })
  return { ...(await result), events }
}

test('jobs run in the order of their needs, and fail or are skipped as on GitHub', async () => {
  const { conclusion, jobs, events } = await withNeeds()
  expect(conclusion).toBe('failure')
  expect(Object.entries(jobs).map(([id, job]) => `${id} ${job.conclusion}`)).toEqual([
    'good success',
    'bad failure',
    'last success',
    'unlucky skipped',
    'after success',
    'off skipped',
  ])
  expect(events.filter(({ type }) => type === 'job-start')).toHaveLength(4)
})

test('a job sees results and outputs of those that it needs, and the env of the workflow', async () => {
  const { jobs } = await withNeeds()
  expect(jobs.last?.steps[0]?.log).toBe('failure 1 workflow v')
})

test('each job has a workspace of its own', async () => {
  const { jobs } = await withNeeds()
  expect(jobs.good?.workspace).not.toBe(jobs.last?.workspace)
})

test('only the requested jobs run, and the jobs that they need', async () => {
  const lab = createLab()
  const steps = [{ run: 'true' }]
  const workflow = { jobs: { a: { steps }, b: { steps, needs: 'a' }, c: { steps, needs: 'b' }, d: { steps } } }
  expect(Object.keys((await lab.start({ workflow, jobs: ['b'] }).result).jobs)).toEqual(['a', 'b'])
  await expect(lab.start({ workflow, jobs: ['x'] }).result).rejects.toThrow(
    'there is no job x; the jobs are a, b, c, d',
  )
})

describe('a reusable workflow', () => {
  const call = {
    inputs: {
      service: { type: 'string', required: true },
      force: { type: 'boolean', default: false },
      count: { type: 'number', default: 2 },
      from: { type: 'string', default: '${{ github.repository }}' },
    },
    secrets: { key: { required: true }, other: { required: false } },
    outputs: { result: { value: '${{ jobs.inner.outputs.result }}' } },
  }
  const inner = {
    ...runsOn,
    environment: '${{ inputs.service }}-qa',
    outputs: { result: '${{ env.R }}' },
    steps: [
      { id: 'x', uses: '$/actions/one' },
      {
        run: 'echo "$SERVICE $FORCE $COUNT $FROM $KEY ${OTHER:-none}"; echo "R=$SERVICE" >> "$GITHUB_ENV"',
        env: {
          SERVICE: '${{ inputs.service }}',
          FORCE: '${{ inputs.force }}',
          COUNT: '${{ inputs.count }}',
          FROM: '${{ inputs.from }}',
          KEY: "${{ secrets.key == 'k' }}",
          OTHER: '${{ secrets.other }}',
        },
      },
      { run: 'echo ${{ job.workflow_repository }} $GITHUB_REPOSITORY $GITHUB_WORKFLOW' },
    ],
  }

  async function runCall(uses: string, job: object, options: Partial<WorkflowRunOptions> = {}) {
    const lab = createLab()
    lab.action('one', { main: `console.log(process.env.GITHUB_ACTION_REPOSITORY, process.env.GITHUB_ACTION_REF)` })
    const on = { workflow_call: call }
    file(lab, 'belay/.github/workflows/deploy.yml', { inner }, on)
    const jobs = {
      go: { uses, ...job },
      use: { ...runsOn, needs: 'go', steps: [{ run: 'echo ${{ needs.go.outputs.result }}' }] },
    }
    const workflow = file(lab, 'caller/.github/workflows/qa.yml', jobs)
    return lab.start({ workflow, secrets: { K: 'k', other: 'oo' }, ...options }).result
  }

  const uses = 'belay-actions/belay/.github/workflows/deploy.yml@v1'

  test('gets inputs by type with defaults, mapped secrets, its own $/, and gives outputs', async () => {
    const { jobs } = await runCall(uses, {
      name: 'api-call',
      with: { service: 'api', force: '${{ true }}' },
      secrets: { key: '${{ secrets.K }}' },
    })
    expect(Object.keys(jobs)).toEqual(['go/inner', 'go', 'use'])
    expect(jobs['go/inner']?.steps.map(({ path, log }) => [path, log])).toEqual([
      ['go/inner/x', 'belay-actions/belay v1'],
      ['go/inner/run-2', 'api true 2 acme/api true none'],
      ['go/inner/run-3', 'belay-actions/belay acme/api W'],
    ])
    expect(jobs.go?.recorded).toEqual({ name: 'api-call' })
    expect(jobs['go/inner']?.recorded).toEqual({ environment: 'api-qa' })
    expect(jobs.go).toMatchObject({ conclusion: 'success', outputs: { result: 'api' } })
    expect(jobs.use?.steps[0]?.log).toBe('api')
  })

  test('inherits secrets', async () => {
    const secrets = { key: 'k', other: 'inherited' }
    const { jobs } = await runCall(uses, { with: { service: 'a' }, secrets: 'inherit' }, { secrets })
    expect(jobs['go/inner']?.steps[1]?.log).toBe('a false 2 acme/api true ***')
  })

  test('called wrongly is refused, all errors at once', async () => {
    const run = runCall(uses, { with: { servce: 'api' }, secrets: {} })
    await expect(run).rejects.toThrow(
      /input servce is not declared.*input service is required.*secret key is required/s,
    )
  })

  test('an input of the wrong type fails the job', async () => {
    const { jobs, conclusion } = await runCall(
      uses,
      { with: { service: 'a', count: 'many' }, secrets: 'inherit' },
      { secrets: { key: 'k' } },
    )
    expect([conclusion, jobs.go?.conclusion, jobs.use?.conclusion]).toEqual(['failure', 'failure', 'skipped'])
  })
})

test('a dispatched workflow gets its inputs, with defaults and choices', async () => {
  const lab = createLab()
  const inputs = {
    version: { required: true, type: 'string' },
    kind: { type: 'choice', options: ['a', 'b'], default: 'a' },
  }
  const workflow = file(
    lab,
    'caller/.github/workflows/w.yml',
    {
      j: {
        ...runsOn,
        steps: [{ run: 'echo ${{ inputs.version }} ${{ inputs.kind }} ${{ github.event.inputs.version }}' }],
      },
    },
    { workflow_dispatch: { inputs } },
  )
  const event = { name: 'workflow_dispatch' }
  const { jobs } = await lab.start({ workflow, event, inputs: { version: 'v1' } }).result
  expect(jobs.j?.steps[0]?.log).toBe('v1 a v1')
  await expect(lab.start({ workflow, event }).result).rejects.toThrow('the input version is required')
  await expect(lab.start({ workflow, event, inputs: { version: 'v1', kind: 'c' } }).result).rejects.toThrow(
    'one of a, b',
  )
})

/** A job that checks out and uploads, and one that downloads. */
async function withArtifacts() {
  const lab = createLab()
  lab.write('caller/src/a.txt', 'a')
  lab.write('caller/node_modules/x/index.js', '')
  const { result, events } = lab.start({
    workflow: {
      jobs: {
        build: {
          steps: [
            { uses: 'actions/checkout@v5', with: { 'fetch-depth': 0 } },
            {
              run: 'test ! -e node_modules && mkdir -p out/bin && echo b > out/bin/b && chmod 755 out/bin/b && touch out/.hidden && cp src/a.txt out',
            },
            {
              id: 'up',
              uses: 'actions/upload-artifact@v6',
              with: { name: 'build', path: 'out/', 'if-no-files-found': 'error' },
            },
            { uses: 'actions/upload-artifact@v6', with: { name: 'one', path: 'out/bin/*\nsrc' } },
            { uses: 'actions/upload-artifact@v6', with: { name: 'none', path: 'nothing' } },
          ],
        },
        use: {
          needs: 'build',
          steps: [
            { uses: 'actions/download-artifact@v7', with: { name: 'build', path: 'd' } },
            { uses: 'actions/download-artifact@v7', with: { path: 'all' } },
            { run: 'find . -type f | sort' },
            { uses: 'actions/download-artifact@v7', with: { name: 'none' } },
          ],
        },
      },
    },
  })
  const { build, use } = (await result).jobs
  return { build, use, events }
}

test('the built-in checkout copies the caller without what is installed', async () => {
  const { build } = await withArtifacts()
  expect(build?.steps[1]?.outcome).toBe('success')
  expect(build?.conclusion).toBe('success')
})

test('an artifact without a file is a warning, and an error where it is downloaded', async () => {
  const { build, use } = await withArtifacts()
  expect(build?.steps[4]?.annotations[0]).toMatchObject({ level: 'warning' })
  expect(use?.steps[3]?.log).toContain('Artifact not found for name: none')
})

test('artifacts pass between jobs as on GitHub, without hidden files and modes', async () => {
  const { use } = await withArtifacts()
  expect(use?.steps[2]?.log.split('\n')).toEqual([
    './all/build/a.txt',
    './all/build/bin/b',
    './all/one/out/bin/b',
    './all/one/src/a.txt',
    './d/a.txt',
    './d/bin/b',
  ])
  expect(statSync(join(use?.workspace ?? '', 'd/bin/b')).mode & 0o777).toBe(0o644)
})

test('each built-in action is announced with what it does', async () => {
  const { events } = await withArtifacts()
  const notes = events.flatMap((event) => (event.type === 'note' ? [`${event.path}: ${event.message}`] : []))
  expect(notes).toHaveLength(7)
  expect(notes[0]).toMatch(/^build\/checkout: replaces actions\/checkout@v5: copies/)
})

test('a built-in action refuses unknown inputs', async () => {
  const job = await createLab().job([{ uses: 'actions/checkout@v5', with: { 'sparse-checkout': 'a' } }])
  expect(logOf(job, 'checkout')).toContain('the built-in actions/checkout does not support sparse-checkout')
})

/** A run that is cancelled in its first job, which has always(). */
function cancelledRun() {
  const lab = createLab()
  const { result } = lab.start({
    workflow: {
      jobs: {
        a: { if: 'always()', steps: [{ run: 'echo ready; sleep 0.1; echo whole' }] },
        b: { steps: [{ run: 'true' }] },
        c: { if: 'cancelled()', needs: 'b', steps: [{ run: 'echo ${{ job.status }}' }] },
      },
    },
    onEvent: (event, controller) => void (event.type === 'log' && event.line === 'ready' && controller.cancel()),
  })
  return result
}

test('a job with always() is not interrupted by a cancel', async () => {
  const { jobs } = await cancelledRun()
  expect(jobs.a?.steps[0]?.log).toBe('ready\nwhole')
})

test('a run that is cancelled starts only the jobs that want it', async () => {
  const { conclusion, jobs } = await cancelledRun()
  expect(conclusion).toBe('cancelled')
  expect([jobs.b?.conclusion, jobs.c?.steps[0]?.log]).toEqual(['skipped', 'success'])
})

test('the path of a step is its id, the end of its uses or its place, and is unique, nested too', async () => {
  const lab = createLab()
  lab.action('one', {})
  lab.composite('comp', { runs: { using: 'composite', steps: [{ uses: '$/actions/one' }] } })
  file(lab, 'belay/w.yml', { in: { ...runsOn, steps: [{ run: 'true' }] } }, { workflow_call: null })
  const one = { uses: '$/actions/one' }
  const workflow = {
    jobs: { j: { steps: [one, one, { id: 'c', uses: '$/actions/comp' }, { run: 'true' }] }, k: { uses: '$/w.yml' } },
  }
  const { belayRoot, callerRoot, root } = lab
  const paths = await stepPaths({ workflow, belayRoot, callerRoot, workDir: join(root, 'work') })
  expect(paths).toEqual(['j/one', 'j/one-2', 'j/c', 'j/c/one', 'j/run-4', 'k/in/run-1'])
})

test('a second run with the same folder and run begins with fresh folders', async () => {
  const lab = createLab()
  const first = await lab.job([{ run: 'touch left "$RUNNER_TEMP/left"' }], { runId: '7' })
  mkdirSync(join(first.runnerTemp, 'belay'))
  writeFileSync(first.journalPath, '{}\n')
  const second = await lab.job([{ run: 'ls "$RUNNER_TEMP" .' }], { runId: '7' })
  expect(second.workspace).toBe(first.workspace)
  expect(logOf(second, 'run-1')).not.toContain('left')
  expect(outcomesOf(second)).toEqual(['run-1 main success'])
  expect(() => readFileSync(second.journalPath)).toThrow('ENOENT')
})
