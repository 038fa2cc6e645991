import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../../../../test/support/need.ts'
import { exampleFolder, workflowPath } from '../../src/paths.ts'
import { v1, v2 } from '../../src/version.ts'
import { type Lab, openLab } from '../../src/vps-systemd/lab.ts'

const exampleRoot = exampleFolder('vps-systemd')

const qaWorkflows = ['qa.yml', 'qa-steps.yml', 'qa-reusable.yml']
const workflows = [...qaWorkflows, 'production.yml']
const textOf = (name: string) => readFileSync(workflowPath(exampleRoot, name), 'utf8')

test.each(qaWorkflows)('%s: the caller writes 15 lines at most', (name) => {
  const [, job = ''] = /^( {2}release:\n[\s\S]*)/m.exec(textOf(name)) ?? []
  const lines = job.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  expect(lines.length).toBeGreaterThan(5)
  expect(lines.length).toBeLessThanOrEqual(15)
})

describe.each(workflows)('%s', (name) => {
  const text = textOf(name)

  test('gives a reason for every permission and pins every action', () => {
    const { permissions, jobs } = parse(text)
    expect(permissions).toEqual({})
    for (const job of Object.values<{ permissions?: object }>(jobs)) expect(job.permissions).toBeDefined()
    for (const line of text.split('\n')) {
      if (/^\s+(contents|actions|deployments): /.test(line)) expect(line).toMatch(/ # \S/)
      if (/\buses: /.test(line)) expect(line).toMatch(/@[0-9a-f]{40}\b.* # v\d+\.\d+\.\d+$/)
    }
  })
})

test('the units have the conventional names and run the current release', () => {
  for (const [name, port] of [['acme-api', 5101] as const, ['acme-worker', 5102] as const]) {
    const unit = readFileSync(join(exampleRoot, `systemd/${name}-qa.service`), 'utf8')
    expect(unit).toContain(`WorkingDirectory=/srv/${name}/qa/current\n`)
    expect(unit).toContain(`/srv/${name}/qa/current/server.mjs \${ADDRESS} ${port}\n`)
  }
})

test('the README shows every variable that the workflows read', () => {
  const readme = readFileSync(join(exampleRoot, 'README.md'), 'utf8')
  const read = workflows.flatMap((name) =>
    [...textOf(name).matchAll(/(?:(?:vars|secrets)\.|(?:urls|smoke): )([A-Z]+_[A-Z_]+)/g)].map(([, key]) => key),
  )
  expect(read.length).toBeGreaterThan(10)
  for (const key of read) expect(readme).toContain(`\`${key}\``)
})

describeIf(canStartHosts())('the other two ways of use', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab(['qa'])
  })
  afterAll(() => lab?.close())

  const serves = (page: string) =>
    Promise.all(
      lab.hosts.map(async ({ address }) =>
        (await fetch(`http://${address}:5101${page}`, { headers: { connection: 'close' } })).json(),
      ),
    )

  /** The variables of an environment with one service. */
  const vars = () => ({
    BELAY_CHECK: 'http://this-host:5101/health',
    BELAY_URLS: lab.hosts.map(({ address }) => `http://${address}:5101/health`).join('\n'),
  })

  test('single actions release v1, and the gate finds its commit', async () => {
    const { conclusion, jobs } = await lab.release('qa', v1, { workflow: 'qa-steps.yml' })
    const log = jobs.release?.steps.map((step) => step.log).join('\n')
    expect([conclusion, jobs.release?.outputs.result], log).toEqual(['success', 'committed'])
    expect(await serves('/health')).toMatchObject([{ sha: v1.sha }, { sha: v1.sha }])
  })

  test('the called workflow releases v2 and announces it in Slack', async () => {
    const { conclusion, jobs } = await lab.release('qa', v2, { workflow: 'qa-reusable.yml', vars: vars() })
    const log = jobs['release/release']?.steps.map((step) => step.log).join('\n')
    expect([conclusion, jobs.release?.outputs.result], log).toEqual(['success', 'committed'])
    expect(await serves('/health')).toMatchObject([{ sha: v2.sha }, { sha: v2.sha }])
    expect(lab.slack.messages().at(-1)?.text).toContain('acme-api')
  })

  test('the called workflow restores previous by hand without a build, and refuses a tag', async () => {
    const byHand = (version: string) =>
      lab.release('qa', v2, {
        workflow: 'qa-reusable.yml',
        vars: vars(),
        event: { name: 'workflow_dispatch' },
        inputs: { version },
      })
    const back = await byHand('previous')
    const log = back.jobs['release/release']?.steps.map((step) => step.log).join('\n')
    expect([back.conclusion, back.jobs.release?.outputs.result], log).toEqual(['success', 'committed'])
    expect(back.jobs.build?.conclusion).toBe('skipped')
    expect(await serves('/health')).toMatchObject([{ sha: v1.sha }, { sha: v1.sha }])

    const tag = await byHand('v1.1.0')
    expect(tag.jobs['release/release']?.steps[0]?.log).toContain('neither previous nor a release id')
    expect(tag.conclusion).toBe('failure')
    expect(await serves('/health')).toMatchObject([{ sha: v1.sha }, { sha: v1.sha }])
  })
})
