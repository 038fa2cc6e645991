import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { canStartHosts, makeKey, startHost, type TestHost, writeRelease } from '@belay/test-hosts'
import { startWorkflow, type WorkflowRunOptions } from '@belay/workflow-runner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../support/need.ts'
import { type Evidence, expectationsFor, type JobEnd, jobEnds } from './expectations.ts'
import type { Note } from './runner-test-action/notes.ts'

const root = join(import.meta.dirname, '../..')
const service = 'tools/test-hosts/src/service.mjs'
const path = '/srv/acme-api/qa'
/** The factor by which the runner waits shorter here between its signals. */
const pace = 0.2
const commits = { old: '1'.repeat(40), new: '2'.repeat(40) }

describeIf(canStartHosts())('the same job in the workflow runner behaves as on GitHub’s runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bg-'))
  let host: TestHost
  let privateKey: string
  let runs = 0

  beforeAll(async () => {
    const key = await makeKey(folder)
    privateKey = key.privateKey
    host = await startHost({ authorizedKey: key.publicKey, folders: [path] })
    mkdirSync(join(folder, 'caller', dirname(service)), { recursive: true })
    await copyFile(join(root, service), join(folder, 'caller', service))
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true })
  })

  /** The host as prepare-host.sh leaves one: something that Belay did not bring is live. */
  async function serveOld(): Promise<void> {
    await host.run([
      'sh',
      '-c',
      `rm -rf ${path}/* ${path}/.belay; mkdir -p ${path}/releases; ln -s releases/by-hand ${path}/current`,
    ])
    const release = join(folder, `by-hand-${runs}`)
    await writeRelease(release, { service: 'acme-api', sha: commits.old, version: 'by hand', files: 0 })
    for (const file of ['server.mjs', 'release.json'])
      await host.write(`${path}/releases/by-hand/${file}`, readFileSync(join(release, file), 'utf8'))
    await host.run(['/usr/local/bin/belay-test-restart', path, 'this-host', '5101'])
  }

  const outputs = () => ({
    hosts: host.target,
    'known-hosts': host.knownHosts,
    restart: `command:/usr/local/bin/belay-test-restart ${path} this-host 5101`,
    url: `http://${host.address}:5101/health`,
    'ssh-key': privateKey,
  })

  /** The workflow as it stands, but for what prepares GitHub's machine and what the engine does not know. */
  function workflow(): WorkflowRunOptions['workflow'] {
    const { on, permissions, jobs } = parse(readFileSync(join(root, '.github/workflows/on-github.yml'), 'utf8'))
    const { 'continue-on-error': _, ...release } = jobs.release
    const lines = Object.entries(outputs()).map(([name, value]) => `${name}<<END\n${value.trim()}\nEND`)
    const prepared = { run: `cat >>"$GITHUB_OUTPUT" <<'OUTPUTS'\n${lines.join('\n')}\nOUTPUTS\n` }
    const steps = release.steps.map((step: { id: string }) => (step.id === 'host' ? { id: 'host', ...prepared } : step))
    return { on, permissions, jobs: { release: { ...release, steps } } }
  }

  async function watch(way: JobEnd): Promise<{ evidence: Evidence; log: string }> {
    await serveOld()
    const { result } = startWorkflow({
      workflow: workflow(),
      belayRoot: root,
      callerRoot: join(folder, 'caller'),
      workDir: join(folder, `p${++runs}`),
      repository: 'acme/acme-api',
      event: { name: 'workflow_dispatch' },
      sha: commits.new,
      inputs: { way },
      timing: { minute: 2000, interrupt: 7500 * pace, terminate: 2500 * pace },
      onEvent(event, controller) {
        if (event.type === 'process' && event.path === 'release/wait' && event.stage === 'main')
          setTimeout(() => controller.cancel(), 1000)
      },
    })
    const job = (await result).jobs.release
    if (!job) throw new Error('no job was run')
    const {
      result: said = '',
      observed = '{}',
      'main-output': mainOutput = '',
      'post-output': postOutput = '',
    } = job.outputs
    const log = job.steps.map((step) => `--- ${step.path} ${step.stage} ${step.outcome}\n${step.log}`).join('\n')
    return { evidence: { serves: '', notes: [], ...JSON.parse(observed), result: said, mainOutput, postOutput }, log }
  }

  test.each(jobEnds)('%s', async (way) => {
    const { evidence, log } = await watch(way)
    const expectations = expectationsFor(way, evidence, commits, pace)
    expect(
      expectations.filter(({ holds }) => !holds),
      `${JSON.stringify(evidence, null, 1)}\n${log}`,
    ).toEqual([])
  })
})

describe('a broken expectation', () => {
  const note = (name: string, stage: Note['stage'], event: Note['event'], more: Partial<Note> = {}): Note => ({
    name,
    stage,
    event,
    at: 0,
    jobStatus: 'success',
    late: '',
    state: '',
    env: 'yes',
    belay: 'committed',
    ...more,
  })
  const both = (name: string) => [note(name, 'main', 'began'), note(name, 'main', 'ended')]
  const post = (name: string, more: Partial<Note> = {}) => [
    note(name, 'post', 'began', more),
    note(name, 'post', 'ended', more),
  ]
  const mains = [...both('first'), note('killed', 'main', 'began'), ...both('after-killed')]
  const good: Evidence = {
    serves: commits.new,
    result: 'committed',
    mainOutput: 'seen',
    postOutput: '',
    notes: [
      ...mains,
      ...post('after-killed'),
      ...post('killed', { state: 'written ahead' }),
      ...post('first', { late: 'yes' }),
    ],
  }
  const broken = (evidence: Partial<Evidence>, way: JobEnd = 'commit') =>
    expectationsFor(way, { ...good, ...evidence }, commits)
      .filter(({ holds }) => !holds)
      .map(({ text }) => text)

  test('complete evidence fulfils every expectation', () => {
    expect(broken({})).toEqual([])
  })

  test.each<[string, Partial<Evidence>, RegExp]>([
    ['the host serves something else', { serves: commits.old }, /host serves the new commit/],
    ['the result is another one', { result: 'mixed' }, /output says committed/],
    ['an output of a post arrives', { postOutput: 'seen' }, /post is dropped/],
    ['an output of a main does not', { mainOutput: '' }, /main reaches the job/],
    ['nothing was handed on', { notes: [] }, /several posts/],
    [
      'posts run in the order of their mains',
      {
        notes: [
          ...mains,
          ...post('first', { late: 'yes' }),
          ...post('killed', { state: 'written ahead' }),
          ...post('after-killed'),
        ],
      },
      /reverse order/,
    ],
    ['state is lost with a kill', { notes: good.notes.map((one) => ({ ...one, state: '' })) }, /GITHUB_STATE/],
    [
      'a post sees another status',
      { notes: good.notes.map((one) => (one.stage === 'post' ? { ...one, jobStatus: 'failure' } : one)) },
      /every post sees success/,
    ],
    ['inputs are evaluated once', { notes: good.notes.map((one) => ({ ...one, late: '' })) }, /evaluated again/],
    [
      'the environment of later steps is missing',
      { notes: good.notes.map((one) => ({ ...one, env: '' })) },
      /GITHUB_ENV of steps/,
    ],
  ])('where %s', (_, evidence, expectation) => {
    expect(broken(evidence)).toEqual(expect.arrayContaining([expect.stringMatching(expectation)]))
  })

  test.each([
    ['commit', 0, 'holds  the host serves the new commit'],
    ['later-post', 1, '::error::later-post: not so: the host serves the old commit'],
  ])('and as a program: %s', (way, status, line) => {
    const proved = spawnSync(process.execPath, [join(root, 'test/on-github/verify.ts')], {
      encoding: 'utf8',
      env: {
        WAY: way,
        OLD: commits.old,
        NEW: commits.new,
        OBSERVED: JSON.stringify({ serves: good.serves, notes: good.notes }),
        RESULT: good.result,
        MAIN_OUTPUT: good.mainOutput,
      },
    })
    expect(proved).toMatchObject({ status, stderr: '' })
    expect(proved.stdout).toContain(line)
  })

  test('without a stop by signals', () => {
    expect(broken({}, 'later-step')).toEqual(
      expect.arrayContaining([expect.stringMatching(/SIGTERM comes/), expect.stringMatching(/failure/)]),
    )
  })
})
