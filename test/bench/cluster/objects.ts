/** A service of so many pods. A version differs from the next one in its image and in its configuration. */
export function objectsOf(
  pods: number,
  version: number,
): { readonly kind: string; readonly [field: string]: unknown }[] {
  const labels = { app: 'api' }
  const image = `registry.test/shop/api@sha256:${version.toString(16).padStart(64, '0')}`
  const container = {
    name: 'app',
    image,
    envFrom: [{ configMapRef: { name: 'api' } }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
  }
  const ports = [{ port: 80, targetPort: 8080 }]
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' }, data: { VERSION: `${version}` } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { selector: labels, ports } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: {
        replicas: pods,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
  ]
}
