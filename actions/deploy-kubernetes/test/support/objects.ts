/** What a test changes in the set of objects. */
export interface SetChange {
  /** Of the Deployment's container. */
  readonly env?: Readonly<Record<string, string>>
  /** More of the Deployment's spec, of its pod's and of its container. */
  readonly spec?: object
  readonly pod?: object
  readonly container?: object
  /** The data of the ConfigMap and of the Secret. */
  readonly mode?: string
  readonly key?: string
  /** More objects. */
  readonly more?: readonly object[]
}

/** What the docs ask for: a pod goes on until all nodes know that it ends, or that its slot has no traffic any more. */
export const drained: SetChange = {
  pod: { terminationGracePeriodSeconds: 10 },
  container: { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
}

/** A service: what runs it, what leads to it, its configuration and a secret. */
export function setOf(image: string, change: SetChange = {}): object[] {
  const { env = {}, spec = {}, pod = {}, container = {}, mode = 'calm', key = 'first-secret', more = [] } = change
  const labels = { app: 'api' }
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' }, data: { MODE: mode } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api' }, stringData: { API_KEY: key } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api' },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec(image, env, pod, container) },
        ...spec,
      },
    },
    ...more,
  ]
}

function podSpec(image: string, env: Readonly<Record<string, string>>, pod: object, container: object): object {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }))
  return {
    terminationGracePeriodSeconds: 1,
    ...pod,
    containers: [
      {
        name: 'app',
        image,
        env: variables,
        envFrom: [{ configMapRef: { name: 'api' } }, { secretRef: { name: 'api' } }],
        readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 },
        ...container,
      },
    ],
  }
}

/** A StatefulSet of two pods. */
export function statefulSet(image: string, env: Readonly<Record<string, string>> = {}): object {
  const labels = { app: 'db' }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(image, env, {}, { envFrom: [] }) },
    },
  }
}

export function job(image: string, name: string, env: Readonly<Record<string, string>>): object {
  const pod = podSpec(image, env, { restartPolicy: 'Never' }, { envFrom: [], readinessProbe: undefined })
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, template: { spec: pod } } }
}
