// biome-ignore-all lint/style/noExcessiveLinesPerFile: one table, which is read as a whole.
import type { Sign } from './sign.ts'
import { pulling, starting } from './waiting.ts'

/** The `failure-code` of a workload that does not become ready. */
export type FollowCode =
  | 'image-pull'
  | 'config-missing'
  | 'crash'
  | 'oom'
  | 'unschedulable'
  | 'quota'
  | 'volume'
  | 'invalid'
  | 'not-ready'
  | 'kubernetes-job-failed'
  | 'rollout-held'
  | 'workload-missing'
  | 'conflict'
  | 'deadline'
  | 'interrupted'

/**
 * How long a reason may stand before it is a failure.
 * - `none`: waiting does not fix it.
 * - `second`: it is seen a second time, or for 30 s.
 * - `minute`: it stands for 60 s, because it may pass on its own.
 * - `progress`: it is never a failure by itself; it explains why a workload makes no progress.
 */
export type Patience = 'none' | 'second' | 'minute' | 'progress'

export const secondSightSeconds = 30
export const minuteSeconds = 60

/** One row of the table: what the cluster says, and what it means to a release. */
export interface Reason {
  /** Where it is said: a container's state, a pod's status, an event about a pod, or the workload and its events. */
  readonly at: 'container' | 'pod' | 'event' | 'workload'
  /** The cluster's words; of words in small letters Belay makes the sign itself. */
  readonly words: readonly string[]
  /** Only with such a message. */
  readonly message?: RegExp
  readonly patience: Patience
  readonly code: FollowCode
  /** What is wrong; the message of the cluster follows. */
  readonly what: string
  /** The same where it happened only once. */
  readonly whatOnce?: string
  readonly remedy: string
  /** In a Job it only explains: a Job has tries of its own. */
  readonly leftToJob?: true
  /** An autoscaler may be adding a node: its events are asked for first. */
  readonly mayScaleUp?: true
}

const slow = /context deadline exceeded|timed out|is reserved for/i

/** Every reason that Belay knows. The first row that fits holds. */
export const reasons: readonly Reason[] = [
  // Images
  {
    at: 'container',
    words: ['InvalidImageName'],
    patience: 'none',
    code: 'image-pull',
    what: 'the name of the image is not valid',
    remedy: 'correct the name of the image.',
  },
  {
    at: 'container',
    words: ['ErrImageNeverPull'],
    patience: 'none',
    code: 'image-pull',
    what: 'the image is not on the node, and imagePullPolicy: Never forbids to pull it',
    remedy: 'set imagePullPolicy: IfNotPresent, or put the image on every node.',
  },
  {
    at: 'container',
    words: ['SignatureValidationFailed'],
    patience: 'none',
    code: 'image-pull',
    what: 'the signature of the image is not accepted',
    remedy: 'sign the image as the policy of the nodes asks for.',
  },
  {
    at: 'container',
    words: pulling,
    message: /unauthorized|denied|forbidden|authentication required|insufficient_scope/i,
    patience: 'none',
    code: 'image-pull',
    what: 'the registry does not give the image to the cluster',
    remedy:
      "give the pod's service account an image pull secret that may read the image, and check the name: many registries answer so for an image that does not exist.",
  },
  {
    at: 'container',
    words: pulling,
    message: /not found|manifest unknown/i,
    patience: 'none',
    code: 'image-pull',
    what: 'the image is not in the registry',
    remedy: 'push the image before the release, or correct its name, tag or digest.',
  },
  {
    at: 'container',
    words: pulling,
    patience: 'second',
    code: 'image-pull',
    what: 'the image cannot be pulled',
    remedy: 'check that the nodes reach the registry, and that it answers; then release again.',
  },
  // Configuration
  {
    at: 'container',
    words: ['CreateContainerConfigError'],
    message: /failed to sync|timed out/i,
    patience: 'second',
    code: 'config-missing',
    what: 'the node cannot read a ConfigMap or Secret',
    remedy: 'check that the node reaches the API server; then release again.',
  },
  {
    at: 'container',
    words: ['CreateContainerConfigError'],
    message: /run as root|runAsNonRoot|non-numeric user/i,
    patience: 'none',
    code: 'invalid',
    what: 'the image runs as root, and the pod may not',
    remedy: 'set USER in the image or runAsUser in the pod to the number of another user.',
  },
  {
    at: 'container',
    words: ['CreateContainerConfigError'],
    patience: 'none',
    code: 'config-missing',
    what: 'a ConfigMap, a Secret or a key of one is missing',
    remedy: 'add it to the manifests or create it, or correct its name in the pod template.',
  },
  // Start
  {
    at: 'container',
    words: starting,
    message: slow,
    patience: 'second',
    code: 'crash',
    what: 'the node was too slow to start the container',
    remedy: 'look at the load of the node; then release again.',
  },
  {
    at: 'container',
    words: starting,
    patience: 'none',
    code: 'crash',
    what: 'the container cannot be started',
    remedy: 'correct the command, mount or option that the message names.',
  },
  // Crashes
  {
    at: 'container',
    words: ['OOMKilled'],
    patience: 'second',
    code: 'oom',
    what: 'the container used more memory than its limit and was killed',
    remedy: 'raise resources.limits.memory, or find what uses the memory.',
    leftToJob: true,
  },
  {
    at: 'container',
    words: ['liveness'],
    patience: 'second',
    code: 'crash',
    what: 'Kubernetes restarts the container again and again, because its liveness or startup probe fails',
    remedy: 'read the log and the events below; a probe that begins too early needs a startupProbe.',
    leftToJob: true,
  },
  {
    at: 'container',
    words: ['exited'],
    patience: 'second',
    code: 'crash',
    what: 'the container ends again and again',
    whatOnce: 'the container ended',
    remedy: 'read its log below, and correct the program or its configuration.',
    leftToJob: true,
  },
  // Pods
  {
    at: 'pod',
    words: ['Evicted', 'NodeShutdown', 'Terminated', 'Shutdown', 'Preempting', 'NodeLost', 'NodeAffinity'],
    patience: 'progress',
    code: 'not-ready',
    what: 'a node gave the pod up',
    remedy: 'look at the node: it has too little memory or disk, or was shut down.',
  },
  {
    at: 'pod',
    words: ['failed'],
    patience: 'none',
    code: 'crash',
    what: 'the pod failed, and its containers are not started again',
    remedy: 'read its log below, and correct the program or its configuration.',
    leftToJob: true,
  },
  {
    at: 'pod',
    words: ['Unschedulable'],
    message: /persistentvolumeclaim|volume/i,
    patience: 'minute',
    code: 'volume',
    what: 'the volume of the pod is not available',
    remedy: 'create the claim that the message names, or check its storage class and its zone.',
    mayScaleUp: true,
  },
  {
    at: 'pod',
    words: ['Unschedulable'],
    patience: 'minute',
    code: 'unschedulable',
    what: 'no node can take the pod',
    remedy: "add nodes, lower the pod's requests, or correct its node selector, affinity or tolerations.",
    mayScaleUp: true,
  },
  // Events about a pod
  {
    at: 'event',
    words: ['FailedMount'],
    message: /(configmap|secret|references non-existent)\b.*(not found|key)/i,
    patience: 'minute',
    code: 'config-missing',
    what: 'a ConfigMap or Secret that the pod mounts is missing',
    remedy: 'add it to the manifests or create it, or correct its name in the pod template.',
  },
  {
    at: 'event',
    words: ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'],
    patience: 'minute',
    code: 'volume',
    what: 'a volume of the pod cannot be attached or mounted',
    remedy: 'check the volume and its storage driver; another node may still hold it.',
  },
  {
    at: 'event',
    words: ['FailedCreatePodSandBox'],
    patience: 'progress',
    code: 'not-ready',
    what: 'the node cannot give the pod a network',
    remedy: "look at the node's network plugin and its free addresses.",
  },
  {
    at: 'event',
    words: ['Unhealthy'],
    patience: 'progress',
    code: 'not-ready',
    what: 'a probe of the pod fails',
    remedy: 'read the log below; correct the service, or the path, port and times of the probe.',
  },
  // Workloads
  {
    at: 'workload',
    words: ['FailedCreate', 'ReplicaSetCreateError'],
    message: /exceeded quota/i,
    patience: 'minute',
    code: 'quota',
    what: "the namespace's quota has no room for the new pods",
    remedy: 'raise the quota, lower the requests, or set maxSurge: 0 so that an old pod goes first.',
  },
  {
    at: 'workload',
    words: ['FailedCreate'],
    message: /serviceaccount .*not found/i,
    patience: 'minute',
    code: 'config-missing',
    what: 'the service account of the pods does not exist',
    remedy: 'add the service account to the manifests, or correct serviceAccountName.',
  },
  {
    at: 'workload',
    words: ['FailedCreate'],
    message: /failed calling webhook|internal error|timeout|timed out|connection refused/i,
    patience: 'minute',
    code: 'invalid',
    what: 'the cluster cannot check new pods',
    remedy: 'look at the admission webhook that the message names.',
  },
  {
    at: 'workload',
    words: ['FailedCreate'],
    message: /forbidden|is invalid|denied/i,
    patience: 'none',
    code: 'invalid',
    what: 'the cluster refuses the new pods',
    remedy: 'correct what the message names in the pod template, or change the policy of the namespace.',
  },
  {
    at: 'workload',
    words: ['FailedCreate', 'ReplicaSetCreateError'],
    patience: 'minute',
    code: 'invalid',
    what: 'the new pods cannot be created',
    remedy: 'do what the message asks for; then release again.',
  },
  {
    at: 'workload',
    words: ['ProgressDeadlineExceeded'],
    // The condition of the rollout before may stand for a moment.
    patience: 'second',
    code: 'not-ready',
    what: 'the new pods did not become ready within progressDeadlineSeconds',
    remedy: 'read the log and the events below.',
  },
  {
    at: 'workload',
    words: ['DeadlineExceeded'],
    patience: 'none',
    code: 'kubernetes-job-failed',
    what: 'the Job ran longer than its activeDeadlineSeconds and was ended',
    remedy: 'read its log below; raise activeDeadlineSeconds if the work needs more time.',
  },
  {
    at: 'workload',
    words: ['kubernetes-job-failed'],
    patience: 'none',
    code: 'kubernetes-job-failed',
    what: 'the Job failed',
    remedy: 'read its log below, and correct the program or its configuration.',
  },
  {
    at: 'workload',
    words: ['paused'],
    patience: 'none',
    code: 'rollout-held',
    what: 'its rollout is paused, so that the new pods are not started',
    remedy: 'run `kubectl rollout resume` for it, or remove `paused: true` from the manifest.',
  },
  {
    at: 'workload',
    words: ['on-delete'],
    patience: 'none',
    code: 'rollout-held',
    what: 'its update strategy is OnDelete, so that Kubernetes replaces no pod',
    remedy: 'set updateStrategy: RollingUpdate.',
  },
  {
    at: 'workload',
    words: ['suspended'],
    patience: 'none',
    code: 'rollout-held',
    what: 'the Job is suspended',
    remedy: 'set suspend: false.',
  },
  {
    at: 'workload',
    words: ['missing'],
    patience: 'none',
    code: 'workload-missing',
    what: 'it does not exist',
    remedy: 'check its name and namespace, and what deletes it.',
  },
  {
    at: 'workload',
    words: ['changed'],
    patience: 'none',
    code: 'conflict',
    what: 'somebody changed its pod template during the release',
    remedy:
      'see who it was with `kubectl get --show-managed-fields -o yaml`; release again when nothing else changes it.',
  },
  {
    at: 'workload',
    words: ['fell'],
    patience: 'none',
    code: 'not-ready',
    what: 'its new pods were all ready, and then some were not',
    remedy: 'read the log and the events below.',
  },
  {
    at: 'workload',
    words: ['stuck'],
    patience: 'none',
    code: 'not-ready',
    what: 'it made no progress within progress-timeout',
    remedy: 'read the log and the events below; raise progress-timeout if the pods need more time.',
  },
  {
    at: 'workload',
    words: ['deadline'],
    patience: 'none',
    code: 'deadline',
    what: 'it was not complete when the deadline passed',
    remedy: 'raise the input deadline if the rollout needs more time.',
  },
  {
    at: 'workload',
    words: ['interrupted'],
    patience: 'none',
    code: 'interrupted',
    what: 'the job was cancelled before it was complete',
    remedy: 'release again.',
  },
]

/** The row for what the cluster says at a place; undefined where it says nothing of interest. */
export function reasonFor(at: Reason['at'], sign: Sign): Reason | undefined {
  return reasons.find((row) => {
    return row.at === at && row.words.includes(sign.word) && (row.message?.test(sign.message) ?? true)
  })
}
