/** What a test changes of a pod. */
export interface PodChange {
  readonly image: string
  readonly env?: Readonly<Record<string, string>>
  /** More of its container, and of the pod. */
  readonly container?: object
  readonly pod?: object
  readonly replicas?: number
  /** More of the workload's spec. */
  readonly spec?: object
}

type Kind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job'

/** A workload of one container, which is ready when it says so. */
export function workload(kind: Kind, name: string, change: PodChange): object {
  const { image, env = {}, container = {}, pod = {}, replicas = 2, spec = {} } = change
  const labels = { app: name }
  const readinessProbe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 }
  const app = {
    name: 'app',
    image,
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    ...(kind !== 'Job' && { readinessProbe }),
    ...container,
  }
  const restartPolicy = kind === 'Job' ? { restartPolicy: 'Never' } : {}
  const template = {
    metadata: { labels },
    spec: { terminationGracePeriodSeconds: 1, ...restartPolicy, ...pod, containers: [app] },
  }
  const common = kind === 'Job' ? { backoffLimit: 0 } : { selector: { matchLabels: labels } }
  const counted = kind === 'Deployment' || kind === 'StatefulSet' ? { replicas } : {}
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1'
  return { apiVersion, kind, metadata: { name }, spec: { ...common, ...counted, template, ...spec } }
}
