import { stateFolder } from './space.ts'

/** What the configuration of a cluster depends on. */
export interface ClusterFacts {
  readonly folder: string
  readonly group: string
  /** The node's address, which the machine reaches too. */
  readonly address: string
  readonly tokens: Tokens
}

export interface Tokens {
  readonly admin: string
  readonly node: string
}

export const nodeName = 'node'
export const podNetwork = '10.244.0.0/24'
export const serviceNetwork = '10.96.0.0/16'
export const apiPort = 6443
export const registryPort = 5000
export const pauseImage = 'registry.test/pause:latest'

export const kubeconfigPath = (folder: string) => `${folder}/kubeconfig`
export const caPath = (folder: string) => `${folder}/pki/apiserver.crt`
export const nodeKubeconfigPath = (folder: string) => `${folder}/node-kubeconfig`
export const containerdSocket = `${stateFolder}/containerd.sock`

/** The files of a cluster, by their path. JSON is YAML, so no other form is needed. */
export function clusterFiles(facts: ClusterFacts): Record<string, string> {
  const { folder, tokens } = facts
  return {
    [kubeconfigPath(folder)]: kubeconfig(facts, tokens.admin),
    [nodeKubeconfigPath(folder)]: kubeconfig(facts, tokens.node),
    [`${folder}/tokens.csv`]: [
      `${tokens.admin},admin,admin,"system:masters"`,
      `${tokens.node},system:node:${nodeName},${nodeName},"system:nodes"`,
      '',
    ].join('\n'),
    [`${folder}/containerd.toml`]: containerdConfig(folder),
    [`${folder}/cni/10-pods.conflist`]: JSON.stringify(cniConfig),
    [`${folder}/registries/_default/hosts.toml`]: registryHosts,
    [`${folder}/registry.yml`]: JSON.stringify(registryConfig),
    [`${folder}/kubelet.yml`]: JSON.stringify(kubeletConfig(facts)),
  }
}

function kubeconfig({ folder, address }: ClusterFacts, token: string): string {
  const server = `https://${address}:${apiPort}`
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': caPath(folder) } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  })
}

// ptp and not bridge: what pods send each other passes the node's firewall, also where the kernel has no br_netfilter
// (docs/research/components.md#kubernetes).
const cniConfig = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      ipam: {
        type: 'host-local',
        dataDir: `${stateFolder}/pod-addresses`,
        ranges: [[{ subnet: podNetwork }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
  ],
}

// containerd 1.6 reads the server only where the table says the same once more.
const registryHosts = `server = "http://127.0.0.1:${registryPort}"\n[host."http://127.0.0.1:${registryPort}"]\n`

const registryConfig = {
  version: 0.1,
  log: { level: 'error' },
  storage: { filesystem: { rootdirectory: `${stateFolder}/registry` }, delete: { enabled: true } },
  http: { addr: `0.0.0.0:${registryPort}` },
}

// restrict_oom_score_adj: root in a container may not lower the score of a process (CAP_SYS_RESOURCE).
function containerdConfig(folder: string): string {
  return `version = 2
root = "${stateFolder}/containerd"
state = "${stateFolder}/containerd-state"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${folder}/registries"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${folder}/cni"
[plugins."io.containerd.internal.v1.opt"]
  path = "${stateFolder}/containerd-opt"
`
}

function kubeletConfig({ group }: ClusterFacts) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${group}`,
    failCgroupV1: false,
    failSwapOn: false,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    // A full disk of the machine is no reason to end the pods of a test.
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    podLogsDir: `${stateFolder}/pods`,
    volumePluginDir: `${stateFolder}/volume-plugins`,
    resolvConf: '',
    serializeImagePulls: false,
    maxPods: 200,
    registryPullQPS: 0,
    // Failing probes of many pods record several events a second. With 0 the kubelet takes its client's default, 5 a
    // second, and later events wait for minutes.
    eventRecordQPS: 500,
    eventBurst: 1000,
  }
}
