import { builtProgram } from '../../../scripts/machine/build-from-source.ts'
import {
  apiPort,
  type ClusterFacts,
  kubeconfigPath,
  nodeKubeconfigPath,
  nodeName,
  podNetwork,
  serviceNetwork,
} from './files.ts'
import { stateFolder } from './space.ts'

const kube = builtProgram('kube')
const etcd = 'http://127.0.0.1:2379'

/** Their own limits, 20 and 50 requests a second, would be what a test with a thousand pods measures. */
const quick = ['--kube-api-qps=500', '--kube-api-burst=1000']

/** The commands of a cluster's programs, by their name. */
export function commandsOf(facts: ClusterFacts) {
  const { folder, address } = facts
  const admin = kubeconfigPath(folder)
  return {
    containerd: ['containerd', '--config', `${folder}/containerd.toml`],
    registry: ['docker-registry', 'serve', `${folder}/registry.yml`],
    etcd: [
      ...[kube, 'etcd', `--data-dir=${stateFolder}/etcd`, '--unsafe-no-fsync', '--log-level=warn'],
      ...[`--listen-client-urls=${etcd}`, `--advertise-client-urls=${etcd}`],
      '--listen-peer-urls=http://127.0.0.1:2380',
    ],
    'kube-apiserver': apiServer(facts),
    'kube-controller-manager': [
      ...[kube, 'kube-controller-manager', `--kubeconfig=${admin}`, '--leader-elect=false', '--bind-address=127.0.0.1'],
      `--service-account-private-key-file=${folder}/pki/accounts.key`,
      `--root-ca-file=${folder}/pki/apiserver.crt`,
      ...quick,
    ],
    'kube-scheduler': [
      ...[kube, 'kube-scheduler', `--kubeconfig=${admin}`, '--leader-elect=false', '--bind-address=127.0.0.1'],
      ...quick,
    ],
    kubelet: [
      ...[kube, 'kubelet', `--config=${folder}/kubelet.yml`, `--kubeconfig=${nodeKubeconfigPath(folder)}`],
      ...[`--root-dir=${stateFolder}/kubelet`, `--cert-dir=${stateFolder}/kubelet/pki`],
      ...[`--hostname-override=${nodeName}`, `--node-ip=${address}`],
    ],
    // conntrack: its size is the machine's and not the namespace's to set.
    'kube-proxy': [
      ...[kube, 'kube-proxy', `--kubeconfig=${admin}`, '--proxy-mode=nftables', `--cluster-cidr=${podNetwork}`],
      ...[`--hostname-override=${nodeName}`, `--bind-address=${address}`, '--conntrack-max-per-core=0'],
    ],
  }
}

/** It makes its own certificate in `pki`, which is the one that clients trust. */
function apiServer({ folder, address }: ClusterFacts): string[] {
  return [
    ...[kube, 'kube-apiserver', `--etcd-servers=${etcd}`, `--secure-port=${apiPort}`, `--cert-dir=${folder}/pki`],
    ...['--bind-address=0.0.0.0', `--advertise-address=${address}`, `--service-cluster-ip-range=${serviceNetwork}`],
    ...['--authorization-mode=Node,RBAC', `--token-auth-file=${folder}/tokens.csv`],
    ...['--enable-admission-plugins=NodeRestriction', '--allow-privileged'],
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${folder}/pki/accounts.key`,
    `--service-account-signing-key-file=${folder}/pki/accounts.key`,
    '--kubelet-preferred-address-types=InternalIP',
  ]
}
