import { canHaveNetworks, canStartSystemdHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { whyMissing } from '../../../../scripts/machine/missing.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { makeRepository } from '../repository/my-service.ts'
import { run, times } from '../support/program.ts'
import { keepingCompiled } from './go-cache.ts'
import { quotes, variablesOfQuotes } from './quotes.ts'

describeIf(canStartSystemdHosts() ?? canHaveNetworks() ?? whyMissing('go'))('a service in Go', () => {
  test('is released behind nginx, whose certificate only the rehearsal trusts', async () => {
    const { root, vars } = makeRepository('quotes', keepingCompiled(quotes), variablesOfQuotes)
    const { status, output, left } = await run('cli.ts', ['--repository', root, '--vars', vars])
    expect(output).toContain('A throwaway authority certifies quotes.example.org.')
    expect(output).toContain('https://quotes.example.org/health reports v0.0.2')
    expect(times(output, '✓ as promised')).toBe(2)
    expect([status, left]).toEqual([0, []])
  })
})
