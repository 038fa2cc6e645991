import { canStartHosts, canStartSystemdHosts } from '@belay/testbed'
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Says before the tests what this machine cannot carry, and after them what was not run, and why. */
export function notRun(): Reporter {
  let vitest: Vitest
  return {
    onInit(started) {
      vitest = started
      for (const reason of new Set([canStartHosts(), canStartSystemdHosts()]))
        if (reason !== undefined) console.log(`Tests on real hosts cannot run on this machine: ${reason}`)
    },
    onTestRunEnd(modules) {
      for (const line of linesOf(modules)) console.log(line)
      // With a name pattern everything else is skipped, and was meant to be.
      if (process.env.CI !== 'true' || vitest.config.testNamePattern) return
      const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
      if (skipped.length === 0) return
      console.log(`With CI=true nothing may be skipped:\n${skipped.map(({ fullName }) => `  ${fullName}`).join('\n')}`)
      process.exitCode = 1
    },
  }
}

function linesOf(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allSuites()].flatMap((suite) => {
      const { notRun } = suite.meta()
      const count = [...suite.children.allTests()].length
      return notRun ? [`Not run: ${count} tests of ${module.relativeModuleId} (${suite.name}): ${notRun}`] : []
    }),
  )
}
