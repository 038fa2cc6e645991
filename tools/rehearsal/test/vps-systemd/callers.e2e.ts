import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts, canStartPostgres } from '@belay/test-hosts'
import type { WorkflowRunResult } from '@belay/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { belayRoot } from '../../src/paths.ts'
import type { RunOptions } from '../../src/runs.ts'
import { type Version, v1, v2 } from '../../src/version.ts'
import { type Lab, openLab } from '../../src/vps-systemd/lab.ts'

/** Runs the callers that the README shows: one service with two slots, on two hosts. */
describeIf(canStartHosts() ?? canStartPostgres())('the callers of the README, one service', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab(['qa', 'production'])
    for (const version of [v1, v2]) lab.markProven(version, await lab.build(version))
  }, 300_000)
  afterAll(() => lab?.close())

  /** A page of the API on each host, with a name of `rehearsal.yml`. */
  const each = (page: string) => lab.here([1, 2].map((host) => page.replace('vps', `vps${host}`)).join('\n'))
  const fronts = () => each('http://api.vps.example.com/health')
  /** The variables of an environment with one service. */
  const own = () => ({ BELAY_SLOTS: '5001 5011', BELAY_URLS: fronts() })
  /** A smoke test as a team would write it. */
  const smoke = (end = '') =>
    `#!/bin/sh\nset -eu\n${each('curl --fail --silent --max-time 10 http://api.vps.example.com/orders')}\n${end}\n`
  const callers = (name: string) => readFileSync(join(belayRoot, 'docs/callers', name), 'utf8')

  function inProduction(
    version: Version | 'previous',
    more: Partial<RunOptions> = {},
    smokeEnds = '',
  ): Promise<WorkflowRunResult> {
    const files = { '.github/workflows/production.yml': callers('production.yml'), 'deploy/smoke.sh': smoke(smokeEnds) }
    const vars = { ...own(), ...more.vars }
    return lab.release('production', version, { ...more, files, vars })
  }
  const byHand = (version: string): Partial<RunOptions> => ({
    event: { name: 'workflow_dispatch' },
    ref: 'refs/heads/main',
    inputs: { version },
  })
  async function serves(): Promise<(string | undefined)[]> {
    const answers = fronts()
      .split('\n')
      .map(async (url) => (await fetch(url, { headers: { connection: 'close' } })).json())
    return (await Promise.all(answers)).map((answer) => (answer as { sha?: string }).sha)
  }
  const logOf = ({ jobs }: WorkflowRunResult) =>
    Object.values(jobs)
      .flatMap(({ steps }) => steps.map(({ path, log }) => `--- ${path}\n${log}`))
      .join('\n')
  const recorded = ({ jobs }: WorkflowRunResult) => {
    const recorded = (jobs.release?.recorded ?? {}) as Record<'environment' | 'concurrency', object>
    return { ...recorded.environment, ...recorded.concurrency }
  }

  test('preflight inspects what the variables name and prints the script for root', async () => {
    const [HOSTS, KNOWN_HOSTS] = [lab.hosts.map(({ target }) => target), lab.hosts.map((one) => one.knownHosts)]
    const { jobs } = await lab.release('qa', v1, {
      workflow: 'preflight.yml',
      files: { '.github/workflows/preflight.yml': callers('preflight.yml') },
      event: { name: 'workflow_dispatch' },
      vars: { BELAY_HOSTS: HOSTS.join('\n'), BELAY_KNOWN_HOSTS: KNOWN_HOSTS.join('\n') },
    })
    const log = jobs.preflight?.steps[0]?.log ?? ''
    expect(log).toContain('#!/bin/sh')
    // BELAY_RESTART is a command there, so no unit is checked.
    expect(log).toContain('Nothing is missing on 2 host(s).')
    expect(log).toContain('/srv/acme-api/qa/.belay')
  })

  test('QA releases the commit of the push', async () => {
    const files = { '.github/workflows/qa.yml': callers('qa.yml'), 'deploy/smoke.sh': '#!/bin/sh\ntrue\n' }
    const vars = { BELAY_CHECK: 'http://this-host:5101/health', BELAY_URLS: each('http://vps.example.com:5101/health') }
    const runResult = await lab.release('qa', v1, { files, vars })
    expect([runResult.conclusion, runResult.jobs.release?.outputs.result], logOf(runResult)).toEqual([
      'success',
      'committed',
    ])
  })

  test('production releases tag after tag, then previous restores the release before', async () => {
    for (const version of [v1, v2]) {
      const runResult = await inProduction(version)
      expect([runResult.conclusion, runResult.jobs.release?.outputs.result], logOf(runResult)).toEqual([
        'success',
        'committed',
      ])
      expect(recorded(runResult)).toMatchObject({
        name: 'production',
        group: 'belay/production/acme-api',
        queue: 'max',
      })
    }
    expect(await serves()).toEqual([v2.sha, v2.sha])
    const back = await inProduction('previous', byHand('previous'))
    expect([back.conclusion, back.jobs.release?.outputs.result], logOf(back)).toEqual(['success', 'committed'])
    expect(await serves()).toEqual([v1.sha, v1.sha])
    expect(recorded(back)).toMatchObject({ name: 'production', group: 'belay/production/acme-api/back' })
  })

  test('a release id restores the release that was left, through ROLLBACK_ENVIRONMENT (rule 18)', async () => {
    const left = lab.github.deployments().find(({ sha }) => sha === v2.sha)?.payload as {
      belay: { release: string }
    }
    const { vars, secrets } = lab.ownOf('production')
    const forth = await inProduction('previous', {
      ...byHand(left.belay.release),
      environments: { 'production-back': { vars: { ...vars, ...own() }, secrets } },
      vars: { ROLLBACK_ENVIRONMENT: 'production-back' },
    })
    expect([forth.conclusion, forth.jobs.release?.outputs.result], logOf(forth)).toEqual(['success', 'committed'])
    expect(await serves()).toEqual([v2.sha, v2.sha])
    expect(recorded(forth)).toMatchObject({ name: 'production-back', group: 'belay/production/acme-api/back' })
  })

  test('a smoke test that fails in a rollback makes the job red, and the requested version serves', async () => {
    const back = await inProduction('previous', byHand('previous'), 'exit 1')
    expect([back.conclusion, back.jobs.release?.outputs.result], logOf(back)).toEqual(['failure', 'committed'])
    expect(await serves()).toEqual([v1.sha, v1.sha])
  })

  test('a smoke test that fails after a tag rolls everything back', async () => {
    const bad = await inProduction(v2, {}, 'exit 1')
    expect([bad.conclusion, bad.jobs.release?.outputs.result], logOf(bad)).toEqual(['failure', 'rolled-back'])
    expect(await serves()).toEqual([v1.sha, v1.sha])
  })
})
