// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { expect, test } from 'vitest'
import { startsBy } from '../src/triggers.ts'
import { createLab } from './rehearsed.ts'

test.each([
  [{}, 'refs/heads/main', true],
  [{ branches: ['main'] }, 'refs/heads/main', true],
  [{ branches: ['main'] }, 'refs/heads/main2', false],
  [{ branches: ['main'] }, 'refs/tags/main', false],
  [{ tags: ['v*.*.*'] }, 'refs/tags/v1.20.3', true],
  [{ tags: ['v*.*.*'] }, 'refs/tags/v1.20', false],
  [{ tags: ['v*.*.*'] }, 'refs/heads/main', false],
  [{ tags: ['v[0-9]+.[0-9]+.[0-9]+'] }, 'refs/tags/v1.20.3', true],
  [{ tags: ['v[0-9]+.[0-9]+.[0-9]+'] }, 'refs/tags/v1.20.3-rc', false],
  [{ tags: ['v*', '!v*-rc'] }, 'refs/tags/v1-rc', false],
  [{ branches: ['release/*'] }, 'refs/heads/release/1/2', false],
  [{ branches: ['release/**'] }, 'refs/heads/release/1/2', true],
  [{ 'branches-ignore': ['main'] }, 'refs/heads/other', true],
  [{ 'branches-ignore': ['main'] }, 'refs/tags/v1', false],
])('%j by %s: %s', (filters, ref, starts) => {
  expect(startsBy(filters, ref)).toBe(starts)
})

const show = [
  {
    run: 'echo $GITHUB_REF $GITHUB_REF_NAME $GITHUB_REF_TYPE $GITHUB_EVENT_NAME "${{ inputs.version || github.ref_name }}"',
  },
  {
    run: `node -p 'const { ref, inputs, repository } = require(process.env.GITHUB_EVENT_PATH); String(ref) + " " + String(inputs?.version ?? null) + " " + repository.full_name'`,
  },
]
const on = { push: { tags: ['v*.*.*'] }, workflow_dispatch: { inputs: { version: { required: true } } } }

test('a pushed tag, and a start by hand', async () => {
  const lab = createLab()
  const workflow = { on, jobs: { j: { steps: show } } }
  const logs = async (options: object) =>
    (await lab.start({ workflow, ...options }).result).jobs.j?.steps.map(({ log }) => log.trim())
  expect(await logs({ ref: 'refs/tags/v1.0.0' })).toEqual([
    'refs/tags/v1.0.0 v1.0.0 tag push v1.0.0',
    'refs/tags/v1.0.0 null acme/api',
  ])
  expect(await logs({ event: { name: 'workflow_dispatch' }, inputs: { version: 'previous' } })).toEqual([
    'refs/heads/main main branch workflow_dispatch previous',
    'refs/heads/main previous acme/api',
  ])
  await expect(lab.start({ workflow }).result).rejects.toThrow(/a push of refs\/heads\/main does not start it/)
})

test('a run has the address of GitHub, its token and the number of the repository', async () => {
  const lab = createLab()
  const steps = [
    { run: "echo $GITHUB_API_URL $GITHUB_REPOSITORY_ID ${{ github.token == 't0ken' && secrets.GITHUB_TOKEN }}" },
  ]
  const job = await lab.job(steps, { apiUrl: 'http://127.0.0.1:1/', token: 't0ken', repositoryId: '7' })
  expect(job.steps[0]?.log).toBe('http://127.0.0.1:1 7 ***')
})

test('only jobs that name an environment get its variables and secrets', async () => {
  const lab = createLab()
  const steps = [{ run: 'echo "${{ vars.HOSTS }} ${{ vars.CHANNEL }} ${{ secrets.KEY == \'k\' }}"' }]
  lab.write(
    'belay/w.yml',
    JSON.stringify({
      on: { workflow_call: { secrets: { KEY: { required: false } } } },
      jobs: { in: { 'runs-on': 'x', environment: 'production', steps } },
    }),
  )
  const workflow = {
    jobs: {
      plan: { steps },
      release: { environment: { name: '${{ vars.TARGET }}', deployment: false }, steps },
      mapped: { uses: '$/w.yml', secrets: { KEY: '${{ secrets.KEY }}' } },
      inherited: { uses: '$/w.yml', secrets: 'inherit' as const },
    },
  }
  const { jobs } = await lab.start({
    workflow,
    vars: { CHANNEL: 'c', TARGET: 'production' },
    environments: { production: { vars: { HOSTS: 'h' }, secrets: { KEY: 'k' } } },
  }).result
  expect(jobs.plan?.steps[0]?.log).toBe(' c false')
  expect(jobs.release?.steps[0]?.log).toBe('h c true')
  expect(jobs['mapped/in']?.steps[0]?.log).toBe('h c false')
  expect(jobs['inherited/in']?.steps[0]?.log).toBe('h c true')
})
