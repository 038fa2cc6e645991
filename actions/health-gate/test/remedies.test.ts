import { expect, test } from 'vitest'
import { remedyFor } from '../src/remedies.ts'

const commit = '3f2a9c1b7d043f2a9c1b7d043f2a9c1b7d043f2a'

test('a shortened commit has a remedy of its own', () => {
  expect(remedyFor('wrong-version', ['3f2a9c1', commit], commit)).toBe(
    'report the whole commit, with its 40 digits: the version that answered is only its beginning.',
  )
  for (const seen of [['1b7d043'], ['3f2a'], [commit], []])
    expect(remedyFor('wrong-version', seen, commit)).toMatch(/^check that the instance was restarted/)
  expect(remedyFor('wrong-version', ['v1.2.3'], 'v1.2.3-rc.1')).toMatch(/^check that the instance was restarted/)
  expect(remedyFor('status', ['3f2a9c1'], commit)).toMatch(/^read the log/)
})
