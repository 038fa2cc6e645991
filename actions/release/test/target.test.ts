import { readInputs } from '@belay/action-kit'
import { describe, expect, test } from 'vitest'
import { readTarget } from '../begin/src/target.ts'

/** What is said of these inputs; empty where nothing is. */
function said(target: string, given: string, known: string): string {
  const raw: Record<string, string> = { target, given: `environment ${given}`, known }
  try {
    return readInputs(readTarget, (name) => raw[name] ?? '') === (target || 'ssh') ? '' : 'another target'
  } catch (error) {
    return (error as Error).message
  }
}

describe('a target', () => {
  test.each([
    ['', 'hosts ssh-key slots', 'hosts ssh-key'],
    ['ssh', 'ssh-key', 'hosts ssh-key'],
    ['render', 'services render-api-key checks env', 'services render-api-key'],
    // Its hosts are a variable of an environment that it shares with others.
    ['render', 'render-api-key', 'hosts services render-api-key'],
  ])('%s with what it needs: %s', (target, given, known) => {
    expect(said(target, given, known)).toBe('')
  })

  test.each([
    ['', '', '', ['2 inputs are', 'hosts: is missing', 'target: render', 'ssh-key: is missing']],
    ['render', 'render-api-key', 'render-api-key', ['services: is missing']],
    [
      'render',
      'slots database-url ssh-key',
      'services ssh-key',
      [
        'render-api-key: is missing',
        'slots: means nothing with target: render. Leave it out: Render starts',
        'database-url: means nothing',
        'migrate-db',
        'ssh-key: means nothing with target: render. Leave it out, or give target: ssh',
      ],
    ],
    ['ssh', 'services hosts ssh-key', 'hosts ssh-key services', ['services: means nothing with target: ssh']],
    ['kubernetes', '', '', ['target: is "kubernetes". Give one of: ssh, render']],
  ])('%s with %s is refused, all mistakes at once', (target, given, known, words) => {
    for (const word of words) expect(said(target, given, known)).toContain(word)
  })
})
