// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { expect, test } from 'vitest'
import { deriveSteps, type Workflow } from '../src/index.ts'
import { createLab } from './rehearsed.ts'

/** The steps of a workflow, with one action `$/actions/deploy`. */
function derived(jobs: Workflow['jobs'], more: Partial<Parameters<typeof deriveSteps>[0]> = {}) {
  const lab = createLab()
  lab.action('deploy', { main: '' })
  const { root, belayRoot, callerRoot } = lab
  const workflow = { on: 'push', jobs } as Workflow
  return deriveSteps({ workflow, belayRoot, callerRoot, workDir: `${root}/w`, ...more })
}

test('inputs are evaluated, and what only a run knows is a placeholder', async () => {
  const inputs = {
    hosts: '${{ vars.HOSTS }}',
    key: '${{ secrets.SSH_KEY }}',
    image: '${{ needs.build.outputs.ref }}',
    all: '${{ toJSON(vars) }}',
  }
  const release = { needs: 'build', environment: { name: 'qa' }, steps: [{ uses: '$/actions/deploy', with: inputs }] }
  const build = { env: { A: '1' }, steps: [{ id: 'make', run: 'make', env: { KEY: '${{ secrets.KEY }}' } }] }
  const env = { A: '1', KEY: '${{ secrets.KEY }}' }
  const environments = { qa: { vars: { HOSTS: 'vps1' } } }
  expect(await derived({ build, release }, { vars: { HOSTS: 'none', A: '1' }, environments })).toEqual([
    { path: 'build/make', job: 'build', run: 'make', inputs: {}, written: {}, env, environment: '' },
    {
      path: 'release/deploy',
      job: 'release',
      action: 'actions/deploy',
      uses: '$/actions/deploy',
      inputs: {
        hosts: 'vps1',
        key: '<secret:SSH_KEY>',
        image: '<needs.build.outputs.ref>',
        all: JSON.stringify({ HOSTS: 'vps1', A: '1' }, undefined, 2),
      },
      written: inputs,
      env: {},
      environment: 'qa',
    },
  ])
})

test('each job of a matrix has its own inputs', async () => {
  const matrix = { service: ['api', 'worker'] }
  const steps = [{ id: 'one', uses: '$/actions/deploy', with: { service: '${{ matrix.service }}' } }]
  const found = await derived({ release: { strategy: { matrix }, steps } })
  expect(found.map(({ path, inputs }) => [path, inputs.service])).toEqual([
    ['release (api)/one', 'api'],
    ['release (worker)/one', 'worker'],
  ])
})

test('a called workflow gets the inputs and secrets of its caller', async () => {
  const lab = createLab()
  lab.action('deploy', { main: '' })
  lab.write(
    'caller/.github/workflows/called.yml',
    `on: { workflow_call: { inputs: { service: { type: string }, slots: { type: string, default: none } }, secrets: { key: {} } } }
jobs: { inner: { steps: [{ id: one, run: 'true', env: {}, shell: bash }, { id: two, uses: 'belay-actions/belay/actions/deploy@v1', with: { service: '\${{ inputs.service }}', slots: '\${{ inputs.slots }}', key: '\${{ secrets.key }}' } }], runs-on: x } }`,
  )
  const caller = lab.write(
    'caller/.github/workflows/caller.yml',
    `on: push
jobs: { release: { uses: './.github/workflows/called.yml', with: { service: api }, secrets: { key: '\${{ secrets.SSH_KEY }}' } } }`,
  )
  const { root, belayRoot, callerRoot } = lab
  const found = await deriveSteps({ workflow: caller, belayRoot, callerRoot, workDir: `${root}/w` })
  expect(found.at(-1)).toMatchObject({
    path: 'release/inner/two',
    job: 'release/inner',
    inputs: { service: 'api', slots: 'none', key: '<secret:SSH_KEY>' },
  })
})
