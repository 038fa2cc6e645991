import type { Link } from './link.ts'
import type { HostNetwork } from './network.ts'

/** What a command on a test host ended with; a signal counts as status 128 + its number, as a shell says it. */
export interface RunResult {
  status: number
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** Default `deploy`, the login that the actions have. */
  user?: 'deploy' | 'root'
  /** Standard input; default: empty. */
  input?: string
  /** Milliseconds, default 30 000; past it the command is killed and `run` throws. */
  timeoutMs?: number
  /** Added to PATH, HOME, USER and LOGNAME, which are all that a command gets. */
  env?: Record<string, string>
}

export interface HostProcess {
  /** As the host sees it. */
  pid: number
  args: string[]
  user: string
}

/** A host of its own disks and users, entered by a real sshd behind a link that can be cut. */
export interface TestHost {
  readonly name: string
  /** A loopback address of its own; on the host the name `this-host` means it. */
  readonly address: string
  /** The port of the link, which leads to sshd. */
  readonly port: number
  readonly user: 'deploy'
  /** As the input `hosts` takes it: `deploy@127.0.0.2:40022`. */
  readonly target: string
  /** The line to pin: `[127.0.0.2]:40022 ssh-ed25519 AAAA…`. */
  readonly knownHosts: string
  readonly link: Link
  /** Its own network, if it has one. */
  readonly network: HostNetwork | undefined
  /** Runs a command on the host, past sshd and the link. Throws only where it could not run or took too long. */
  run(argv: string[], options?: RunOptions): Promise<RunResult>
  /** The text of a file, read by root; undefined where there is none. */
  read(path: string): Promise<string | undefined>
  /** Writes a file, with its folders, as root; it then belongs to whom its folder belongs. Default mode 0o644. */
  write(path: string, text: string, mode?: number): Promise<void>
  /** What the symbolic link says, unresolved; undefined where there is none. */
  linkTarget(path: string): Promise<string | undefined>
  /** The names in a folder, in order; undefined where there is none. */
  list(path: string): Promise<string[] | undefined>
  /** Whether the path resolves to something; a dangling link does not. */
  exists(path: string): Promise<boolean>
  /** All processes of the host but zombies, read from the machine's /proc: cheap enough to watch in a loop. */
  processes(): Promise<HostProcess[]>
  /** Signals a process by the host's pid; default SIGTERM. No error where it is gone. */
  kill(pid: number, signal?: string): Promise<void>
  /** Ends the host, all that runs on it and its disks. May be called twice. */
  stop(): Promise<void>
}
