import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { otherSystemsHint } from '../../scripts/machine/other-systems.ts'

/** Lists after the tests what was not run, why, and the command that brings it. With CI=true that is a failure. */
export function notRun(): Reporter {
  let vitest: Vitest
  return {
    onInit(started) {
      vitest = started
    },
    onTestRunEnd(modules) {
      for (const line of listOf(suitesNotRun(modules))) console.log(line)
      // With a name pattern everything else is skipped, and was meant to be.
      if (process.env.CI !== 'true' || vitest.config.testNamePattern) return
      const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
      if (skipped.length === 0) return
      console.log(`With CI=true nothing may be skipped:\n${skipped.map(({ fullName }) => `  ${fullName}`).join('\n')}`)
      process.exitCode = 1
    },
  }
}

export interface SuiteNotRun {
  readonly tests: number
  /** Relative to the repository. */
  readonly file: string
  readonly name: string
  readonly reason: string
}

function suitesNotRun(modules: readonly TestModule[]): SuiteNotRun[] {
  return modules.flatMap((module) =>
    [...module.children.allSuites()].flatMap((suite) => {
      const reason = suite.meta().notRun
      const tests = [...suite.children.allTests()].length
      return reason ? [{ tests, file: module.relativeModuleId, name: suite.name, reason }] : []
    }),
  )
}

/** Lines for a person: by reason, each suite, and at the end what to do. `script`: of npm; none where started by hand. */
export function listOf(suites: readonly SuiteNotRun[], script = process.env.npm_lifecycle_event): string[] {
  if (suites.length === 0) return []
  const total = suites.reduce((sum, { tests }) => sum + tests, 0)
  const reasons = [...new Set(suites.map(({ reason }) => reason))].flatMap((wanted) => [
    `  ${wanted}`,
    ...suites
      .filter(({ reason }) => reason === wanted)
      .map(({ tests, file, name }) => `    ${tests} of ${file}: ${name}`),
  ])
  const command = script === undefined || script === 'test' ? 'npm test' : `npm run ${script}`
  return [
    `\n${total} tests were not run on this machine:`,
    ...reasons,
    '\nAs root on Debian or Ubuntu the same command installs what is missing and runs all of them.',
    otherSystemsHint(command),
  ]
}
