import { expect, test } from 'vitest'
import { liveWorkload } from '../src/inspect.ts'

const spec = {
  template: { spec: { initContainers: [{ name: 'init', image: 'a:1' }], containers: [{ name: 'app', image: 'b:2' }] } },
}
const images = { init: 'a:1', app: 'b:2' }

test.each([
  ['Deployment', { annotations: { 'deployment.kubernetes.io/revision': '4' } }, {}, '4'],
  ['StatefulSet', {}, { updateRevision: 'db-5d8' }, 'db-5d8'],
  ['DaemonSet', { annotations: { 'deprecated.daemonset.template.generation': '7' } }, {}, '7'],
  ['CronJob', {}, {}, ''],
])('the revision of a %s is its controller’s', (kind, metadata, status, revision) => {
  const object = { kind, metadata: { name: 'api', ...metadata }, spec, status }
  expect(liveWorkload({ kind, name: 'api' }, object)).toEqual({ kind, name: 'api', revision, images })
})
