import { startCluster } from '../src/index.ts'

// A process that starts a cluster with a pod in it, says what it is, and never stops it.
const cluster = await startCluster()
const namespace = await cluster.namespace()
const image = await cluster.pushImage('left')
await cluster.mustAsk('POST', `/api/v1/namespaces/${namespace}/pods`, {
  body: { metadata: { name: 'left' }, spec: { containers: [{ name: 'app', image }] } },
})
await cluster.kubectl(['wait', '--for=condition=Ready', 'pod/left', '-n', namespace, '--timeout=60s'])
console.log(JSON.stringify(cluster.handle))
