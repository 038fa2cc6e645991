/** Lines that run a command where everything that it needs exists or may be installed. */
export function otherSystemsHint(command: string): string {
  const asRoot = `As root on this machine:\n  sudo env "PATH=$PATH" ${command}\n`
  return `${process.platform === 'linux' && !isRoot() ? asRoot : ''}${inContainer(command)}`
}

/**
 * The same command as root in a container. An anonymous volume hides node_modules, so that those of this machine do not
 * change.
 */
export function inContainer(command: string): string {
  const run = `npm ci && ${command}`
  return `In a container:\n  docker run --rm --privileged -v "$PWD":/belay -v /belay/node_modules -w /belay node:24 sh -c "${run}"`
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}
