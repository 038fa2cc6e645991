import type { KubeObject, PatchOperation } from '../api.ts'
import { undoManager } from '../client.ts'
import type { LeasePlace } from '../lease.ts'
import { expiredState, openState, stateAt } from '../lease-state.ts'
import { collection, type ObjectRef, refName } from '../resources.ts'
import type { UndoEntry } from '../undo/entry.ts'
import { movePatch } from './traffic.ts'

/** Under which its pod runs. It may change one Lease and the selectors of the service's own Services. */
export const confirmAccount = 'belay-confirm'

/** Where the Job of a Lease is. */
export function confirmJobRef({ namespace, name: lease }: LeasePlace): ObjectRef {
  const name = `${lease}-confirm`
  const path = `${collection('batch/v1', 'jobs', namespace)}/${name}`
  return { apiVersion: 'batch/v1', kind: 'Job', name, path }
}

/** What moves traffic back in the cluster, where the job that moved it has not ended in time. */
export interface ConfirmJob {
  readonly lease: LeasePlace
  readonly release: string
  /** With kubectl, by its digest. */
  readonly image: string
  /** After so many seconds. */
  readonly seconds: number
  /** The slot that has the traffic now, and the one that gets it. */
  readonly from: string
  readonly to: string
  /** The Services, each as it is before the move. */
  readonly entries: readonly Pick<Extract<UndoEntry, { do: 'patch' }>, 'ref' | 'uid'>[]
  /** The Deployments of the slot that the traffic goes back to. */
  readonly deployments: readonly string[]
}

/** The container that waits: once it runs, all before it have proved that the pod can do its work. */
export const timer = 'time'

/** After its time is over, the pod may try for so long, in seconds. */
const patienceSeconds = 900

/**
 * The Job. Its image has kubectl and no shell, so each step is a container, and the next one runs once it has succeeded: first
 * all that will be asked is tried; then a watch, which the server ends, is the clock; then the Lease says `expired`, if no commit
 * was faster; and only then the Services lead back. Pure.
 */
export function confirmJob(job: ConfirmJob): KubeObject {
  const { lease, image, seconds } = job
  const container = ([name, ...argv]: readonly [string, ...string[]]) => ({
    name,
    image,
    command: ['kubectl', ...argv, `--namespace=${lease.namespace}`],
    // What it said is then in the status of the pod.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  })
  const labels = { 'app.kubernetes.io/managed-by': 'belay', 'sidecar.istio.io/inject': 'false' }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: confirmJobRef(lease).name, namespace: lease.namespace, labels },
    spec: {
      activeDeadlineSeconds: seconds + patienceSeconds,
      ttlSecondsAfterFinished: 600,
      template: {
        metadata: { labels, annotations: { 'linkerd.io/inject': 'disabled' } },
        spec: {
          serviceAccountName: confirmAccount,
          restartPolicy: 'OnFailure',
          terminationGracePeriodSeconds: 1,
          securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
          initContainers: [
            ...proofs(job),
            [timer, ...watch(lease, seconds)] as const,
            // Rule 11: no traffic goes to a slot that does not serve.
            ['old-slot', ...wait(job, 'condition=Available')] as const,
            ['expire', ...patch(`lease/${lease.name}`, expiry(job))] as const,
          ].map(container),
          containers: moves(job, job.to).map(([name, patched]) =>
            container([name, ...patch(patched.object, patched.operations)]),
          ),
        },
      },
    },
  }
}

/** The same requests, without effect. */
function proofs(job: ConfirmJob): (readonly [string, ...string[]])[] {
  const tried = '--dry-run=server'
  return [
    ['try-lease', ...patch(`lease/${job.lease.name}`, expiry(job)), tried],
    // Until the traffic is moved, the Service leads to the slot that it goes back to.
    ...moves(job, job.from).map(
      ([name, { object, operations }]) => [`try-${name}`, ...patch(object, operations), tried] as const,
    ),
    ['try-old-slot', ...wait(job, 'jsonpath={.kind}=Deployment')],
    ['try-time', ...watch(job.lease, 1)],
  ]
}

/** The server ends a watch after so many seconds, and kubectl then succeeds. */
function watch({ namespace, name }: LeasePlace, seconds: number): string[] {
  const query = {
    watch: '1',
    allowWatchBookmarks: '1',
    fieldSelector: `metadata.name=${name}`,
    timeoutSeconds: `${seconds}`,
  }
  const path = collection('coordination.k8s.io/v1', 'leases', namespace)
  return ['get', '--raw', `${path}?${new URLSearchParams(query)}`]
}

function wait({ deployments }: ConfirmJob, what: string): string[] {
  return ['wait', ...deployments.map((name) => `deployment/${name}`), `--for=${what}`, '--timeout=10s']
}

function expiry({ release }: ConfirmJob): PatchOperation[] {
  return [
    { op: 'test', path: stateAt, value: openState(release) },
    { op: 'replace', path: stateAt, value: expiredState(release) },
  ]
}

/** What leads each Service to the slot that it came from, if it leads to `there`. */
function moves(
  { entries, from }: ConfirmJob,
  there: string,
): (readonly [string, { object: string; operations: PatchOperation[] }])[] {
  return entries.map(({ ref, uid }, index) => [
    `service-${index}`,
    { object: refName(ref), operations: movePatch(uid, there, from) },
  ])
}

function patch(object: string, operations: readonly PatchOperation[]): string[] {
  // As Belay's own: a later undo leaves no trace of it.
  return ['patch', object, '--type=json', `--patch=${JSON.stringify(operations)}`, `--field-manager=${undoManager}`]
}
