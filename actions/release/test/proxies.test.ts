import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const { runs } = parse(readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')) as {
  runs: { steps: { id: string; with?: Record<string, string> }[] }
}

describe('with proxies on other hosts', () => {
  const given = (id: string) => runs.steps.find((step) => step.id === id)?.with ?? {}
  const users = ['proxy', 'hosts', 'deploy-ssh', 'blue-green-switch']

  test.each(users)('%s is given them, and the slots as they name them', (id) => {
    for (const name of ['proxy-hosts', 'slots']) expect(given(id)[name], name).toBe(`\${{ inputs.${name} }}`)
  })

  test('no other step is', () => {
    const others = runs.steps.filter(({ id }) => !users.includes(id) && id !== 'begin')
    expect(others.filter((step) => 'proxy-hosts' in (step.with ?? {}))).toEqual([])
  })

  test('slot hosts and proxies ask the same, and without such proxies only the hosts ask', () => {
    for (const id of ['hosts', 'deploy-ssh']) expect(given(id).check).toBe('${{ inputs.check }}')
    for (const id of ['proxy', 'blue-green-switch'])
      expect(given(id).check).toBe('${{ steps.begin.outputs.proxy-check }}')
    expect(given('begin')).toMatchObject({ 'proxy-hosts': '${{ inputs.proxy-hosts }}', check: '${{ inputs.check }}' })
  })
})
