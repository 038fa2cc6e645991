/** What a program is needed for; the installation shows this text first. */
export const purposes = {
  hosts: 'test hosts: sshd in namespaces of their own, and what a release needs on a server',
  networks: 'test hosts with a network of their own, and services with certificates',
  proxies: 'nginx and HAProxy, which move traffic between slots',
  databases: 'PostgreSQL, which is migrated, backed up and restored',
  metrics: 'Prometheus, whose metrics a gate asks for',
  containers: 'Docker engines, an image registry, and hosts with systemd',
  clusters: 'a Kubernetes cluster of this machine’s own',
  scripts: 'host scripts under every shell, their linter, and the rights of a deploy user',
  workflows: 'steps of the workflows that tests run, and artifacts',
  builds: 'Go, which builds the programs without a package',
  browsers: 'a browser, in which the page of a rehearsal is tested',
  linters: 'the linter of workflows from Python’s registry',
} as const
export type Purpose = keyof typeof purposes

interface Need {
  /** Debian's package. */
  readonly package: string
  readonly for: Purpose
}

/**
 * Everything that this repository needs on a machine beside Node, by program or by file. `npm test`, `npm run rehearse`,
 * `.ci/run` and the reasons why a test does not run use this table.
 */
export const programs = {
  sshd: { package: 'openssh-server', for: 'hosts' },
  ssh: { package: 'openssh-client', for: 'hosts' },
  rsync: { package: 'rsync', for: 'hosts' },
  curl: { package: 'curl', for: 'hosts' },
  tar: { package: 'tar', for: 'hosts' },
  bash: { package: 'bash', for: 'hosts' },
  ps: { package: 'procps', for: 'hosts' },
  mount: { package: 'mount', for: 'hosts' },
  unshare: { package: 'util-linux', for: 'hosts' },
  nsenter: { package: 'util-linux', for: 'hosts' },
  setpriv: { package: 'util-linux', for: 'hosts' },
  setsid: { package: 'util-linux', for: 'hosts' },
  flock: { package: 'util-linux', for: 'hosts' },
  ip: { package: 'iproute2', for: 'networks' },
  iptables: { package: 'iptables', for: 'networks' },
  socat: { package: 'socat', for: 'networks' },
  openssl: { package: 'openssl', for: 'networks' },
  nginx: { package: 'nginx', for: 'proxies' },
  haproxy: { package: 'haproxy', for: 'proxies' },
  postgres: { package: 'postgresql', for: 'databases' },
  pg_dump: { package: 'postgresql-client', for: 'databases' },
  pgbouncer: { package: 'pgbouncer', for: 'databases' },
  prometheus: { package: 'prometheus', for: 'metrics' },
  dockerd: { package: 'docker.io', for: 'containers' },
  docker: { package: 'docker.io', for: 'containers' },
  containerd: { package: 'containerd', for: 'containers' },
  runc: { package: 'runc', for: 'containers' },
  'docker-registry': { package: 'docker-registry', for: 'containers' },
  debootstrap: { package: 'debootstrap', for: 'containers' },
  '/usr/share/keyrings/debian-archive-keyring.gpg': { package: 'debian-archive-keyring', for: 'containers' },
  '/usr/lib/cni/ptp': { package: 'containernetworking-plugins', for: 'clusters' },
  nft: { package: 'nftables', for: 'clusters' },
  busybox: { package: 'busybox', for: 'scripts' },
  dash: { package: 'dash', for: 'scripts' },
  shellcheck: { package: 'shellcheck', for: 'scripts' },
  sudo: { package: 'sudo', for: 'scripts' },
  visudo: { package: 'sudo', for: 'scripts' },
  git: { package: 'git', for: 'workflows' },
  jq: { package: 'jq', for: 'workflows' },
  unzip: { package: 'unzip', for: 'workflows' },
  go: { package: 'golang-go', for: 'builds' },
  '/etc/ssl/certs/ca-certificates.crt': { package: 'ca-certificates', for: 'builds' },
  chromium: { package: 'chromium', for: 'browsers' },
  python3: { package: 'python3', for: 'linters' },
  'ensurepip/__init__.py': { package: 'python3-venv', for: 'linters' },
} as const satisfies Record<string, Need>
export type Program = keyof typeof programs

/** The programs for these purposes. */
export function programsFor(...wanted: readonly Purpose[]): Program[] {
  return (Object.keys(programs) as Program[]).filter((name) => wanted.includes(programs[name].for))
}

/** The programs that the tests need, without those that build programs, and without what only one layer needs. */
export function programsOfTests(): Program[] {
  const others: readonly Purpose[] = ['builds', 'browsers', 'clusters', 'linters']
  return programsFor(...(Object.keys(purposes) as Purpose[]).filter((purpose) => !others.includes(purpose)))
}
