import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { test } from 'vitest'
import { describeIf } from '../support/need.ts'
import { hostPoints } from './host-points.ts'
import { testHostPoint } from './host-run.ts'

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))('host faults', () => {
  test.concurrent.for(hostPoints().map((point) => [point.name, point] as const))('%s', ([, point]) =>
    testHostPoint(point),
  )
})
